package io.muster.attestors.tpm.structure;

import io.muster.core.device.Bytes;

/// What a TPM says with TPM2_Certify: that it holds the key of this name (TPM 2.0 Library, Part 2, TPMS_ATTEST with
/// TPMS_CERTIFY_INFO). Whether a TPM really said it is for its signature to show.
///
/// @param qualifiedSigner the name of the signing key and of its parents
/// @param extraData       what the caller wanted to have signed along: the nonce
/// @param clock           the TPM's clock
/// @param firmware        the version of the TPM's firmware, as its maker counts
/// @param name            the name of the certified key
/// @param qualifiedName   the name of the certified key and of its parents
/// @param marshaled       the octets as they came: the signature covers them
public record Certification(
        Bytes qualifiedSigner,
        Bytes extraData,
        Clock clock,
        long firmware,
        Bytes name,
        Bytes qualifiedName,
        Bytes marshaled) {

    /// @param milliseconds while the TPM had power
    /// @param resets       how often the TPM was reset
    /// @param restarts     how often it was restarted or resumed since the reset
    /// @param safe         whether no greater value was ever shown before a loss of power
    public record Clock(long milliseconds, long resets, long restarts, boolean safe) {}
}
