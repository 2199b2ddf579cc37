package io.muster.attestors.tpm.credential;

import io.muster.attestors.tpm.structure.HashAlgorithm;
import io.muster.attestors.tpm.structure.Marshal;
import io.muster.attestors.tpm.structure.PublicArea;
import io.muster.core.device.Bytes;
import java.security.GeneralSecurityException;

/// Encrypts under a seed, and ties what is encrypted to the name of an object (TPM 2.0 Library, Part 1, sections
/// "Outer duplication wrapper" and "Credential protection": the mathematics are the same).
final class Protection {

    private static final byte[] NOTHING = {};

    private Protection() {}

    /// The HMAC with its size in front, then the encrypted octets.
    static Bytes protect(PublicArea storageKey, Bytes seed, Bytes name, byte[] plain) throws GeneralSecurityException {
        HashAlgorithm hash = storageKey.nameAlgorithm();
        byte[] objectName = name.toArray();
        int cipherBits = storageKey.storageBits().orElseThrow();
        byte[] cipherKey = KeyDerivation.kdfa(hash, seed.toArray(), "STORAGE", objectName, NOTHING, cipherBits);
        byte[] encrypted = Primitives.encrypt(cipherKey, plain);
        byte[] macKey = KeyDerivation.kdfa(hash, seed.toArray(), "INTEGRITY", NOTHING, NOTHING, 8 * hash.bytes());
        byte[] mac = Primitives.hmac(hash, macKey, encrypted, objectName);
        return Bytes.of(new Marshal().sized(mac).raw(encrypted).octets());
    }
}
