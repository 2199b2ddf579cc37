/// The commands, one class each: options in, one or two requests, a page out.
///
/// Main comes in. It knows wire, page and story.
@NullMarked
package io.muster.cli.command;

import org.jspecify.annotations.NullMarked;
