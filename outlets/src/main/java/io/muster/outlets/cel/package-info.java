/// Conditions of routes, written in CEL: checked at the start, bounded, without effects.
///
/// The assembly comes in; core asks by its port. It must not know where a message goes when a condition holds.
@NullMarked
package io.muster.outlets.cel;

import org.jspecify.annotations.NullMarked;
