/// Devices that prove themselves with a certificate that was issued here: the ledger knows it, byte for byte.
///
/// The handshake proved possession of the key before. Whether the certificate still stands is policy's affair. The
/// assembly comes in to hand this attestor to core. It knows x509's codec and core's record of certificates; it knows
/// no other attestor, no protocol and no store.
@NullMarked
package io.muster.attestors.issued;

import org.jspecify.annotations.NullMarked;
