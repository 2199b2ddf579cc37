/// Expressions, good and bad ones.
@org.jspecify.annotations.NullMarked
package io.muster.outlets.cel;
