package io.muster.x509.engine;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;

/// An opened P-256 key that signs with ECDSA and SHA-256 (RFC 5758 section 3.2). Safe for many threads.
public final class Signer {

    private final PrivateKey key;
    private final Signatures signatures;

    Signer(PrivateKey key, Signatures signatures) {
        this.key = key;
        this.signatures = signatures;
    }

    /// Where a fresh signature object comes from.
    interface Signatures {
        Signature fresh() throws GeneralSecurityException;
    }

    /// The signature over these parts, one after the other.
    public byte[] sign(Iterable<byte[]> parts) {
        try {
            Signature signature = signatures.fresh();
            signature.initSign(key);
            for (byte[] part : parts) {
                signature.update(part);
            }
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a signing key that was opened does not sign", e);
        }
    }

    @Override
    public String toString() {
        return "Signer";
    }
}
