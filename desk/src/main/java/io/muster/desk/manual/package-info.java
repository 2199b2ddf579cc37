/// The contract as pages that people can read: rendered here, with nothing from elsewhere.
///
/// The desk's assembly comes in. It knows what an operation takes; it must not know Vert.x, nor who asks.
@NullMarked
package io.muster.desk.manual;

import org.jspecify.annotations.NullMarked;
