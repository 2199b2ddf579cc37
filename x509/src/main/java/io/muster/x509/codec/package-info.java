/// Certificates and certificate requests as they come off a wire, what they turn into once they are understood, and
/// the forms in which answers to them go back: bags of certificates, envelopes for keys.
///
/// Here DER and PEM are parsed, strictly and within bounds, into values that hold no surprise: sizes, key types and
/// algorithms are checked before anybody computes a signature. No signature is computed in this room.
///
/// Doors and attestors may come in. It knows Bouncy Castle's ASN.1 and lets none of it out; it knows no chain, no
/// trust and no clock.
@NullMarked
package io.muster.x509.codec;

import org.jspecify.annotations.NullMarked;
