/// Devices that prove themselves with a one-time token that an operator made for them.
///
/// The key of the certificate request that comes with a token becomes the device's identity key; the commit burns the
/// token. The assembly comes in to hand this attestor to core. It knows core's port of tokens; it knows no other
/// attestor, no protocol and no store, and it never repeats a token.
@NullMarked
package io.muster.attestors.token;

import org.jspecify.annotations.NullMarked;
