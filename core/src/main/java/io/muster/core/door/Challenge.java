package io.muster.core.door;

import io.muster.core.device.Bytes;

/// What a device is asked to do with its TPM.
public sealed interface Challenge {

    /// Decrypt a credential with the endorsement key, for the attestation key that was shown
    /// (TPM2_ActivateCredential).
    ///
    /// @param credentialBlob  TPM2B_ID_OBJECT
    /// @param encryptedSecret TPM2B_ENCRYPTED_SECRET
    /// @param nonce           what a certification of the request's key must be made over
    record Activate(Bytes credentialBlob, Bytes encryptedSecret, Bytes nonce) implements Challenge {}

    /// Import a token key, and come back with a token that it signed (DPS).
    ///
    /// @param blob six size-prefixed structures, as the Azure SDKs take them apart
    record ImportTokenKey(Bytes blob) implements Challenge {}
}
