package io.muster.x509.codec;

import io.muster.core.device.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The digest by which certificates and keys are known. Whole: fingerprints are never shortened.
final class Sha256 {

    private Sha256() {}

    static Bytes of(byte[] input) {
        try {
            return Bytes.of(MessageDigest.getInstance("SHA-256").digest(input));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
