/// Where and how a device connects: hubs, how devices are spread over them, and what a device is told.
///
/// The pipeline comes in with a device's name and an allocation. It knows devices; it must not know how a device
/// proved itself, nor any broker.
@NullMarked
package io.muster.core.connectivity;

import org.jspecify.annotations.NullMarked;
