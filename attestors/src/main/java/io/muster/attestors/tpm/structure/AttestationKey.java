package io.muster.attestors.tpm.structure;

/// A key that signs only what its TPM wrote itself, if it lives in a TPM: only the activation of a credential shows
/// that. Only [TpmKeyRules] makes one.
public final class AttestationKey {

    private final PublicArea area;

    AttestationKey(PublicArea area) {
        this.area = area;
    }

    public PublicArea area() {
        return area;
    }
}
