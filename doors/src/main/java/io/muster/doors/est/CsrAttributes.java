package io.muster.doors.est;

import io.muster.core.device.KeyAlgorithm;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What a request should look like, as CsrAttrs (RFC 7030 section 4.5.2, in the reading of RFC 8951 section 3.5): the
/// kinds of key that are certified, nothing else. `challengePassword` is never among them: it would ask the client to
/// link its request to the connection, which is not served.
final class CsrAttributes {

    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;

    private static final byte[] EC_PUBLIC_KEY = der("06072a8648ce3d0201");
    private static final byte[] PRIME256V1 = der("06082a8648ce3d030107");
    private static final byte[] SECP384R1 = der("06052b81040022");
    private static final byte[] RSA_ENCRYPTION = der("06092a864886f70d010101");
    /// INTEGER 2048: a length that every profile takes.
    private static final byte[] RSA_BITS = der("02020800");
    private static final byte[] ED25519 = der("06032b6570");

    private CsrAttributes() {}

    static byte[] of(Set<KeyAlgorithm> algorithms) {
        byte[][] entries = Stream.of(elliptic(algorithms), rsa(algorithms), edwards(algorithms))
                .flatMap(List::stream)
                .toArray(byte[][]::new);
        return element(SEQUENCE, entries);
    }

    /// In the order that DER wants of a SET.
    private static List<byte[]> elliptic(Set<KeyAlgorithm> algorithms) {
        byte[][] curves = Stream.of(KeyAlgorithm.P384, KeyAlgorithm.P256)
                .filter(algorithms::contains)
                .map(curve -> curve == KeyAlgorithm.P384 ? SECP384R1 : PRIME256V1)
                .toArray(byte[][]::new);
        return curves.length == 0 ? List.of() : List.of(element(SEQUENCE, EC_PUBLIC_KEY, element(SET, curves)));
    }

    private static List<byte[]> rsa(Set<KeyAlgorithm> algorithms) {
        return algorithms.contains(KeyAlgorithm.RSA)
                ? List.of(element(SEQUENCE, RSA_ENCRYPTION, element(SET, RSA_BITS)))
                : List.of();
    }

    /// Its OID says all.
    private static List<byte[]> edwards(Set<KeyAlgorithm> algorithms) {
        return algorithms.contains(KeyAlgorithm.ED25519) ? List.of(ED25519) : List.of();
    }

    /// All of them together stay below 128 bytes, where a length is one byte.
    private static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        element.write(content.size());
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }

    private static byte[] der(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
