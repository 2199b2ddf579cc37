/// Files of enrollments on their way in: kept sealed until all of them is taken in, with where each stands.
///
/// The desk's job comes in through core's port. It adds individuals by way of the roster's room; it must not know how
/// a file is written.
@NullMarked
package io.muster.store.imports;

import org.jspecify.annotations.NullMarked;
