/// What a device is: its names, its identity keys, its life.
///
/// Everybody may come in. It knows no other room, no protocol and no storage.
@NullMarked
package io.muster.core.device;

import org.jspecify.annotations.NullMarked;
