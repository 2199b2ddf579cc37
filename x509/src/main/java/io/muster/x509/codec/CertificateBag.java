package io.muster.x509.codec;

import io.muster.core.device.Bytes;
import java.util.HexFormat;
import java.util.List;

/// Certificates on their way to a device: a "certs-only" CMS message, signed by nobody (RFC 7030 section 4.1.3, RFC
/// 5652 section 5.1).
public final class CertificateBag {

    /// 1.2.840.113549.1.7.2, id-signedData.
    private static final byte[] SIGNED_DATA = HexFormat.of().parseHex("06092a864886f70d010702");

    /// id-data, without content.
    private static final byte[] NOTHING = HexFormat.of().parseHex("300b06092a864886f70d010701");

    private static final byte[] VERSION = {Der.INTEGER, 1, 1};
    private static final byte[] EMPTY_SET = {Der.SET, 0};

    private CertificateBag() {}

    /// The message in DER of definite length, the certificates in their order: not every device sorts them.
    public static byte[] of(List<Bytes> certificates) {
        byte[][] ders = certificates.stream().map(Bytes::toArray).toArray(byte[][]::new);
        byte[] signedData = Der.sequence(VERSION, EMPTY_SET, NOTHING, Der.element(Der.constructed(0), ders), EMPTY_SET);
        return Der.sequence(SIGNED_DATA, Der.element(Der.constructed(0), signedData));
    }
}
