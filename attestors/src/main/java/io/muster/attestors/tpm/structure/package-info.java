/// What a TPM 2.0 writes down about its keys and signs about them, read from the wire of a stranger.
///
/// Public areas, attestations and signatures (TCG TPM 2.0 Library, Part 2: Structures) are parsed here, strictly and
/// within bounds, and keys are held to the attributes that make them an endorsement key, an attestation key and so
/// on. Nothing is decrypted here and no signature is checked.
///
/// The other rooms of the TPM come in. It knows x509's codec for writing DER; it knows no protocol, no enrollment and
/// no clock.
@NullMarked
package io.muster.attestors.tpm.structure;

import org.jspecify.annotations.NullMarked;
