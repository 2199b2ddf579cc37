package io.muster.x509.issuing;

import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.ledger.Revocations;
import io.muster.x509.codec.Der;
import java.math.BigInteger;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Writes and signs CRLs (RFC 5280 section 5). A CRL may name a million certificates: its entries are written as they
/// are read, and never exist as objects.
public final class CrlWriter implements Revocations.Signing {

    private static final byte[] VERSION_2 = {Der.INTEGER, 1, 1};
    private static final byte[] CRL_NUMBER = hex("0603551d14");
    private static final byte[] ISSUING_POINT = hex("0603551d1c");
    private static final byte[] AUTHORITY_KEY_ID = hex("0603551d23");
    private static final byte[] TRUE = hex("0101ff");

    private final OpenAuthorities authorities;
    private final AuthoritySettings settings;

    CrlWriter(OpenAuthorities authorities, AuthoritySettings settings) {
        this.authorities = authorities;
        this.settings = settings;
    }

    @Override
    public Bytes sign(Name tenant, Revocations.Frame frame, Revocations.Entries entries) {
        OpenAuthority authority = authorities
                .find(frame.issuer())
                .filter(it -> it.tenant().equals(tenant))
                .orElseThrow(
                        () -> new IllegalStateException("no authority " + frame.issuer() + " of tenant " + tenant));
        CrlEntries list = new CrlEntries();
        entries.forEach(list::add);
        return signed(authority, body(authority, frame, list));
    }

    private static Bytes signed(OpenAuthority authority, List<byte[]> body) {
        byte[] tail = Der.bits(authority.signer().sign(body));
        int length = length(body) + CertificateBody.ALGORITHM.length + tail.length;
        List<byte[]> all = new ArrayList<>();
        all.add(Der.header(Der.SEQUENCE, length));
        all.addAll(body);
        all.add(CertificateBody.ALGORITHM);
        all.add(tail);
        return joined(all);
    }

    /// The parts of TBSCertList, header first.
    private List<byte[]> body(OpenAuthority authority, Revocations.Frame frame, CrlEntries list) {
        List<byte[]> parts = new ArrayList<>();
        parts.add(VERSION_2);
        parts.add(CertificateBody.ALGORITHM);
        parts.add(authority.issuing().subject().der().toArray());
        parts.add(Times.der(frame.thisUpdate().truncatedTo(ChronoUnit.SECONDS)));
        parts.add(Times.der(frame.nextUpdate().truncatedTo(ChronoUnit.SECONDS)));
        if (!list.isEmpty()) {
            parts.add(Der.header(Der.SEQUENCE, list.size()));
            parts.addAll(list.pieces());
        }
        parts.add(Der.element(Der.constructed(0), extensions(authority, frame)));
        parts.addFirst(Der.header(Der.SEQUENCE, length(parts)));
        return parts;
    }

    /// Sections 5.2.1, 5.2.3 and 5.2.5. The issuing distribution point is critical: a shard must not be taken for the
    /// whole.
    private byte[] extensions(OpenAuthority authority, Revocations.Frame frame) {
        byte[] number = BigInteger.valueOf(frame.number()).toByteArray();
        byte[] point = Der.sequence(CertificateBody.fullName(settings.crl(frame.issuer(), frame.shard())));
        return Der.sequence(
                Der.sequence(
                        AUTHORITY_KEY_ID,
                        Der.element(
                                Der.OCTET_STRING,
                                Der.sequence(Der.element(
                                        Der.primitive(0), authority.keyId().toArray())))),
                Der.sequence(CRL_NUMBER, Der.element(Der.OCTET_STRING, Der.element(Der.INTEGER, number))),
                Der.sequence(ISSUING_POINT, TRUE, Der.element(Der.OCTET_STRING, point)));
    }

    private static int length(List<byte[]> parts) {
        return parts.stream().mapToInt(part -> part.length).reduce(0, Math::addExact);
    }

    private static Bytes joined(List<byte[]> parts) {
        byte[] all = new byte[length(parts)];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return Bytes.of(all);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
