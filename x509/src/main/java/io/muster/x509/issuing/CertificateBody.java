package io.muster.x509.issuing;

import io.muster.core.device.Bytes;
import io.muster.core.device.KeyAlgorithm;
import io.muster.core.door.CertificateRequest.AlternativeName;
import io.muster.core.issuance.Order;
import io.muster.core.roster.CertificateProfile;
import io.muster.core.roster.CertificateProfile.KeyUsage;
import io.muster.x509.codec.Der;
import io.muster.x509.codec.SubjectKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/// The bytes that will be signed (RFC 5280 section 4.1), written once and never encoded again.
final class CertificateBody {

    /// ecdsa-with-SHA256, without parameters (RFC 5758 section 3.2).
    static final byte[] ALGORITHM = hex("300a06082a8648ce3d040302");

    private static final byte[] VERSION_3 = hex("a003020102");
    private static final byte[] SUBJECT_KEY_ID = hex("0603551d0e");
    private static final byte[] KEY_USAGE = hex("0603551d0f");
    private static final byte[] ALTERNATIVE_NAMES = hex("0603551d11");
    private static final byte[] POLICIES = hex("0603551d20");
    private static final byte[] CRL_POINTS = hex("0603551d1f");
    private static final byte[] AUTHORITY_KEY_ID = hex("0603551d23");
    private static final byte[] PURPOSES = hex("0603551d25");
    private static final byte[] AUTHORITY_INFORMATION = hex("06082b06010505070101");
    private static final byte[] CA_ISSUERS = hex("06082b06010505073002");
    private static final byte[] TRUE = hex("0101ff");

    /// tcg-cap-verifiedTPMResidency (2.23.133.11.1.1) and tcg-cap-verifiedTPMFixed (2.23.133.11.1.2), without
    /// qualifiers (RFC 5280 section 4.2.1.4; TCG, TPM 2.0 Keys for Device Identity and Attestation, section 8).
    private static final byte[] RESIDENT_KEY_POLICIES = hex("3014300806066781050b0101300806066781050b0102");

    private final AuthoritySettings settings;

    CertificateBody(AuthoritySettings settings) {
        this.settings = settings;
    }

    /// @param notAfter end of its validity
    /// @param names    its subject alternative names
    record Parts(
            Bytes subject, SubjectKey key, KeyAlgorithm algorithm, Instant notAfter, List<AlternativeName> names) {}

    byte[] of(Order order, OpenAuthority authority, Parts parts) {
        return Der.sequence(
                VERSION_3,
                Der.element(Der.INTEGER, order.serial().octets().toArray()),
                ALGORITHM,
                authority.issuing().subject().der().toArray(),
                Der.sequence(Times.der(notBefore(order, authority)), Times.der(parts.notAfter())),
                parts.subject().toArray(),
                parts.key().spki().toArray(),
                Der.element(Der.constructed(3), extensions(order, authority, parts)));
    }

    private static Instant notBefore(Order order, OpenAuthority authority) {
        Instant start = order.now().minus(order.profile().backdating()).truncatedTo(ChronoUnit.SECONDS);
        Instant issuers = authority.issuing().validity().notBefore();
        return start.isBefore(issuers) ? issuers : start;
    }

    private byte[] extensions(Order order, OpenAuthority authority, Parts parts) {
        CertificateProfile profile = order.profile();
        return Der.sequence(
                extension(
                        SUBJECT_KEY_ID,
                        Der.element(Der.OCTET_STRING, parts.key().identifier().toArray())),
                extension(
                        AUTHORITY_KEY_ID,
                        Der.sequence(
                                Der.element(Der.primitive(0), authority.keyId().toArray()))),
                Der.sequence(KEY_USAGE, TRUE, Der.element(Der.OCTET_STRING, usages(profile, parts.algorithm()))),
                profile.purposes().isEmpty() ? new byte[0] : extension(PURPOSES, purposes(profile)),
                parts.names().isEmpty() ? new byte[0] : extension(ALTERNATIVE_NAMES, names(parts.names())),
                order.residentKey() ? extension(POLICIES, RESIDENT_KEY_POLICIES) : new byte[0],
                extension(CRL_POINTS, crlPoints(settings.crl(authority.issuer(), shard(order)))),
                extension(
                        AUTHORITY_INFORMATION,
                        Der.sequence(Der.sequence(CA_ISSUERS, uri(settings.certificate(authority.issuer()))))));
    }

    int shard(Order order) {
        return (order.serial().slot() & 0xffff) % settings.crlShards();
    }

    private static byte[] extension(byte[] oid, byte[] value) {
        return Der.sequence(oid, Der.element(Der.OCTET_STRING, value));
    }

    /// RFC 5280 section 4.2.1.3: of the profile's usages those that a key of this kind can do.
    private static byte[] usages(CertificateProfile profile, KeyAlgorithm algorithm) {
        int bits = 0;
        for (KeyUsage usage : profile.keyUsages()) {
            bits |= switch (usage) {
                case DIGITAL_SIGNATURE -> 0x80;
                case KEY_ENCIPHERMENT -> algorithm == KeyAlgorithm.RSA ? 0x20 : 0;
                case KEY_AGREEMENT -> algorithm == KeyAlgorithm.P256 || algorithm == KeyAlgorithm.P384 ? 0x08 : 0;
            };
        }
        int unused = bits == 0 ? 0 : Integer.numberOfTrailingZeros(bits);
        return bits == 0
                ? new byte[] {Der.BIT_STRING, 1, 0}
                : new byte[] {Der.BIT_STRING, 2, (byte) unused, (byte) bits};
    }

    private static byte[] purposes(CertificateProfile profile) {
        return Der.sequence(
                sorted(profile.purposes()).stream().map(CertificateBody::oid).toArray(byte[][]::new));
    }

    /// The same profile makes the same bytes on every node.
    private static List<String> sorted(Set<String> oids) {
        return oids.size() == 1 ? List.copyOf(oids) : oids.stream().sorted().toList();
    }

    private static byte[] oid(String dotted) {
        try {
            return new ASN1ObjectIdentifier(dotted).getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] names(List<AlternativeName> names) {
        return Der.sequence(names.stream().map(CertificateBody::name).toArray(byte[][]::new));
    }

    private static byte[] name(AlternativeName name) {
        return switch (name.kind()) {
            case EMAIL -> text(1, name.value());
            case DNS -> text(2, name.value());
            case URI -> uri(name.value());
            case IP, OTHER -> throw new IllegalStateException("no template makes names of kind " + name.kind());
        };
    }

    /// RFC 5280 section 4.2.1.13: one point, by its full name.
    static byte[] crlPoints(String url) {
        return Der.sequence(Der.sequence(fullName(url)));
    }

    /// DistributionPointName, as it stands in a certificate and in the CRL itself.
    static byte[] fullName(String url) {
        return Der.element(Der.constructed(0), Der.element(Der.constructed(0), uri(url)));
    }

    private static byte[] uri(String uri) {
        return text(6, uri);
    }

    private static byte[] text(int kind, String text) {
        return Der.element(Der.primitive(kind), text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
