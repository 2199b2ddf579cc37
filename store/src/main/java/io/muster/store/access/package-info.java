/// Who may come to the desk, and what they were answered a moment ago.
///
/// The store's assembly comes in. It knows the lane, the roster's audit and sealing; it must not know devices.
@NullMarked
package io.muster.store.access;

import org.jspecify.annotations.NullMarked;
