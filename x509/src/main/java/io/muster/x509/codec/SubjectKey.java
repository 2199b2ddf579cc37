package io.muster.x509.codec;

import io.muster.core.device.Bytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// A public key that passed the rules for keys. The same key always has the same bytes here, since no second encoding
/// of it is taken: the fingerprint identifies the key.
///
/// @param kind        what it is
/// @param spki        the SubjectPublicKeyInfo, DER
/// @param fingerprint SHA-256 of the SubjectPublicKeyInfo
public record SubjectKey(KeyKind kind, Bytes spki, Bytes fingerprint) {

    private static final int IDENTIFIER_BYTES = 20;

    /// A key that passed the rules before.
    public static SubjectKey of(KeyKind kind, byte[] spki) {
        return new SubjectKey(kind, Bytes.of(spki), Sha256.of(spki));
    }

    /// Reads a SubjectPublicKeyInfo by the rules for keys; empty where it breaks one.
    public static Optional<SubjectKey> read(Bytes spki) {
        byte[] octets = spki.toArray();
        try {
            DerShape.check(octets);
            SubjectKey key = KeyRules.check(SubjectPublicKeyInfo.getInstance(octets));
            return key.spki().equals(spki) ? Optional.of(key) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /// The key identifier that our certificates carry: the leftmost 160 bits of the SHA-256 of the key's bits (RFC
    /// 7093 section 2, method 1).
    public Bytes identifier() {
        byte[] bits = SubjectPublicKeyInfo.getInstance(spki.toArray())
                .getPublicKeyData()
                .getOctets();
        return Bytes.of(Arrays.copyOf(Sha256.of(bits).toArray(), IDENTIFIER_BYTES));
    }
}
