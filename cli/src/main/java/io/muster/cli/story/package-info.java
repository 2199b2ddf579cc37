/// Tells a decision as a person would: what happened, by which rule, and what to do next.
///
/// The command `why` comes in. It knows the attempts of the admin API and harmless text; it must not know the wire.
@NullMarked
package io.muster.cli.story;

import org.jspecify.annotations.NullMarked;
