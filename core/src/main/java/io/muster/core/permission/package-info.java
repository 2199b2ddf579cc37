/// What a device may do on a connection that stays: whom it may be, what it may say and hear. Pure.
///
/// Every room below may come in. It must not know who the device is, nor what carries its messages.
@NullMarked
package io.muster.core.permission;

import org.jspecify.annotations.NullMarked;
