package io.muster.attestors.tpm.credential;

import io.muster.attestors.tpm.structure.HashAlgorithm;
import io.muster.attestors.tpm.structure.Marshal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/// The TPM's two ways of deriving keys (TPM 2.0 Library, Part 1, section "Key derivation function").
final class KeyDerivation {

    private KeyDerivation() {}

    /// KDFa: SP 800-108 in counter mode over HMAC. The contexts are empty where the specification says NULL.
    static byte[] kdfa(HashAlgorithm hash, byte[] key, String label, byte[] contextU, byte[] contextV, int bits)
            throws GeneralSecurityException {
        byte[] fixed = new Marshal()
                .raw(terminated(label))
                .raw(contextU)
                .raw(contextV)
                .u32(bits)
                .octets();
        byte[] derived = new byte[bits / 8];
        int at = 0;
        for (int counter = 1; at < derived.length; counter++) {
            byte[] block = Primitives.hmac(hash, key, new Marshal().u32(counter).octets(), fixed);
            int count = Math.min(block.length, derived.length - at);
            System.arraycopy(block, 0, derived, at, count);
            at += count;
        }
        return derived;
    }

    /// KDFe: SP 800-56A's concatenation over a digest. Never asked here for more than one digest's length.
    static byte[] kdfe(HashAlgorithm hash, byte[] z, String label, byte[] partyU, byte[] partyV) {
        return hash.digest(new Marshal().u32(1).octets(), z, terminated(label), partyU, partyV);
    }

    /// Labels end with a zero, which is derived from and encrypted along with them.
    static byte[] terminated(String label) {
        byte[] octets = label.getBytes(StandardCharsets.US_ASCII);
        return Arrays.copyOf(octets, octets.length + 1);
    }
}
