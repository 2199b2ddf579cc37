package io.muster.attestors.tpm.structure;

/// A key that is the endorsement key of a TPM, if the TPM's maker says so of it. Only [TpmKeyRules] makes one: who
/// has it has checked it.
public final class EndorsementKey {

    private final PublicArea area;

    EndorsementKey(PublicArea area) {
        this.area = area;
    }

    public PublicArea area() {
        return area;
    }
}
