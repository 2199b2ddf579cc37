/// The page, tested alone.
@NullMarked
package io.muster.cli.page;

import org.jspecify.annotations.NullMarked;
