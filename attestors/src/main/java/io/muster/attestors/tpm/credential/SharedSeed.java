package io.muster.attestors.tpm.credential;

import io.muster.attestors.tpm.structure.Marshal;
import io.muster.attestors.tpm.structure.Numbers;
import io.muster.attestors.tpm.structure.PublicArea;
import io.muster.attestors.tpm.structure.PublicKeyPart;
import io.muster.core.device.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;

/// A seed that the holder of a storage key can find out, and nobody else (TPM 2.0 Library, Part 1, annexes B.10 for
/// RSA and C.6 for ECC, "Secret sharing").
///
/// @param seed as long as the key's digest
/// @param encrypted what the holder is sent: the content of TPM2B_ENCRYPTED_SECRET
record SharedSeed(Bytes seed, Bytes encrypted) {

    /// @param label what the seed is for: a seed for one purpose is none for another
    static SharedSeed with(PublicArea storageKey, String label, Primitives primitives) throws GeneralSecurityException {
        return switch (storageKey.key()) {
            case PublicKeyPart.Rsa ignored -> encrypted(storageKey, label, primitives);
            case PublicKeyPart.Ecc ecc -> agreed(storageKey, ecc, label, primitives);
        };
    }

    private static SharedSeed encrypted(PublicArea storageKey, String label, Primitives primitives)
            throws GeneralSecurityException {
        byte[] seed = primitives.random(storageKey.nameAlgorithm().bytes());
        byte[] encrypted = primitives.encrypt(storageKey, KeyDerivation.terminated(label), seed);
        return new SharedSeed(Bytes.of(seed), Bytes.of(encrypted));
    }

    private static SharedSeed agreed(PublicArea storageKey, PublicKeyPart.Ecc ecc, String label, Primitives primitives)
            throws GeneralSecurityException {
        int bytes = ecc.curve().bytes();
        KeyPair ephemeral = primitives.ephemeral(ecc.curve());
        ECPoint point = ((ECPublicKey) ephemeral.getPublic()).getW();
        byte[] x = Numbers.padded(point.getAffineX(), bytes);
        byte[] y = Numbers.padded(point.getAffineY(), bytes);
        byte[] seed = KeyDerivation.kdfe(
                storageKey.nameAlgorithm(),
                primitives.agree(ephemeral, storageKey),
                label,
                x,
                Numbers.padded(ecc.x(), bytes));
        return new SharedSeed(
                Bytes.of(seed), Bytes.of(new Marshal().sized(x).sized(y).octets()));
    }
}
