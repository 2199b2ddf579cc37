package io.muster.attestors.tpm.structure;

/// A key that signs for the device and can never leave its TPM, if a TPM certifies it. Only [TpmKeyRules] makes one.
public final class SigningKey {

    private final PublicArea area;

    SigningKey(PublicArea area) {
        this.area = area;
    }

    public PublicArea area() {
        return area;
    }
}
