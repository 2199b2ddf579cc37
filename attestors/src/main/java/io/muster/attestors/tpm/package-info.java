/// Devices that prove themselves with the TPM on their board: by an endorsement key that a manufacturer certified, or
/// that an operator pinned.
///
/// A device is challenged to decrypt what only its chip can, and proves itself with the answer; nothing is kept
/// between the two. The assembly comes in to hand this attestor to core. It knows the rooms of structures and
/// credentials, and x509's codec and path; it knows no other attestor and no protocol.
@NullMarked
package io.muster.attestors.tpm;

import org.jspecify.annotations.NullMarked;
