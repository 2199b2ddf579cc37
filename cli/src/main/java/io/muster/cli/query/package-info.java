/// Picking from an answer what a script wants, by an expression in JMESPath.
///
/// Commands come in. It knows JSON and one library that evaluates; it must not know the wire or what a page looks
/// like.
@NullMarked
package io.muster.cli.query;

import org.jspecify.annotations.NullMarked;
