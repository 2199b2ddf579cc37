package io.muster.attestors.tpm.structure;

/// A key under which a TPM keeps other keys, such as the storage root key, if it lives in a TPM: only the activation
/// of a credential shows that. Only [TpmKeyRules] makes one.
public final class StorageKey {

    private final PublicArea area;

    StorageKey(PublicArea area) {
        this.area = area;
    }

    public PublicArea area() {
        return area;
    }
}
