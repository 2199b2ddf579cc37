/// Who may come to the desk: the bearer token, and the slowing of those who guess.
///
/// The desk's assembly may come in. It knows problems; it must not know any operation.
@NullMarked
package io.muster.desk.gate;

import org.jspecify.annotations.NullMarked;
