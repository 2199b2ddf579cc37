/// Devices that prove themselves with an X.509 certificate: by a chain to an authority of their group, or by the very
/// certificate that is pinned for them.
///
/// The handshake proved possession of the key before; here the certificate is believed or not, and its name compared.
/// The assembly comes in to hand this attestor to core. It knows x509's codec and path; it knows no other attestor and
/// no protocol.
@NullMarked
package io.muster.attestors.x509;

import org.jspecify.annotations.NullMarked;
