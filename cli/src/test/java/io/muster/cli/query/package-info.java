/// Expressions that are right, wrong, and too much.
@NullMarked
package io.muster.cli.query;

import org.jspecify.annotations.NullMarked;
