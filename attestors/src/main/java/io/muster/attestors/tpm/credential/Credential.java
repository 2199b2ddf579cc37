package io.muster.attestors.tpm.credential;

import io.muster.core.device.Bytes;

/// A secret for one TPM, as TPM2_ActivateCredential takes it. Both parts have their sizes in front.
///
/// @param idObject        TPM2B_ID_OBJECT
/// @param encryptedSecret TPM2B_ENCRYPTED_SECRET
public record Credential(Bytes idObject, Bytes encryptedSecret) {}
