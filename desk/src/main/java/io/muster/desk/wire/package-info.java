/// Between Vert.x and the desk: requests become calls, replies become bytes, failures become problems.
///
/// The gate and the desk's assembly may come in. It knows exchange, problem, and how core says that its store cannot
/// serve; it must not know any operation.
@NullMarked
package io.muster.desk.wire;

import org.jspecify.annotations.NullMarked;
