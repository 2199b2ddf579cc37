/// What monitors read: `/metrics`.
///
/// The desk's assembly may come in. It knows exchange; it must not know what is measured, nor how.
@NullMarked
package io.muster.desk.metrics;

import org.jspecify.annotations.NullMarked;
