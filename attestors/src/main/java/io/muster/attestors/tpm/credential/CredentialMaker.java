package io.muster.attestors.tpm.credential;

import io.muster.attestors.tpm.structure.EndorsementKey;
import io.muster.attestors.tpm.structure.Marshal;
import io.muster.attestors.tpm.structure.PublicArea;
import io.muster.core.device.Bytes;
import java.security.GeneralSecurityException;

/// Makes credentials: secrets that a TPM gives out only if it has the endorsement key and holds the key of a given
/// name (TPM 2.0 Library, Part 1, section "Credential protection"; Part 3, TPM2_MakeCredential, which needs no TPM).
public final class CredentialMaker {

    private final Primitives primitives;

    public CredentialMaker(Primitives primitives) {
        this.primitives = primitives;
    }

    /// @param name   of the key that the TPM must hold to give out the secret
    /// @param secret at most as long as the digest of the endorsement key
    public Credential make(EndorsementKey endorsementKey, Bytes name, byte[] secret) {
        PublicArea area = endorsementKey.area();
        int limit = area.nameAlgorithm().bytes();
        if (secret.length == 0 || secret.length > limit) {
            throw new IllegalArgumentException(
                    "a secret of " + secret.length + " bytes fits no credential; from 1 to " + limit + " bytes do");
        }
        try {
            SharedSeed seed = SharedSeed.with(area, "IDENTITY", primitives);
            byte[] identity = new Marshal().sized(secret).octets();
            Bytes idObject = Protection.protect(area, seed.seed(), name, identity);
            return new Credential(sized(idObject), sized(seed.encrypted()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot make a credential for a checked key", e);
        }
    }

    private static Bytes sized(Bytes octets) {
        return Bytes.of(new Marshal().sized(octets).octets());
    }
}
