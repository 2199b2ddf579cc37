package io.muster.x509.codec;

import io.muster.core.device.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.TBSCertList;
import org.jspecify.annotations.Nullable;

/// Reads revocation lists that an operator brings. What is on a list is revoked, whatever else the list is about; of
/// what is not on it nothing is known.
public final class RevocationListReader {

    private RevocationListReader() {}

    /// Empty where the bytes are no list, or one that speaks for other issuers than its own (an indirect one).
    public static Optional<RevocationList> read(byte[] der) {
        if (der.length > RevocationList.MAX_BYTES) {
            return Optional.empty();
        }
        try {
            DerShape.check(der);
            return parse(der);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<RevocationList> parse(byte[] der) throws IOException {
        CertificateList signed = CertificateList.getInstance(ASN1Primitive.fromByteArray(der));
        TBSCertList list = signed.getTBSCertList();
        if (isIndirect(list.getExtensions()) || !list.getSignature().equals(signed.getSignatureAlgorithm())) {
            return Optional.empty();
        }
        return Optional.of(new RevocationList(
                DistinguishedName.of(list.getIssuer(), list.getIssuer().getEncoded("DER")),
                serials(list),
                Optional.ofNullable(list.getNextUpdate())
                        .map(time -> time.getDate().toInstant()),
                new Certificate.Seal(
                        SignatureScheme.of(signed.getSignatureAlgorithm()),
                        signed.getSignatureAlgorithm().getAlgorithm().getId(),
                        DerShape.firstElement(der),
                        Bytes.of(signed.getSignature().getOctets()))));
    }

    /// RFC 5280 section 5.2.5.
    private static boolean isIndirect(@Nullable Extensions extensions) {
        Extension point = extensions == null ? null : extensions.getExtension(Extension.issuingDistributionPoint);
        return point != null
                && IssuingDistributionPoint.getInstance(point.getParsedValue()).isIndirectCRL();
    }

    private static Set<BigInteger> serials(TBSCertList list) {
        Set<BigInteger> serials = new HashSet<>();
        Enumeration<?> entries = list.getRevokedCertificateEnumeration();
        while (entries.hasMoreElements()) {
            TBSCertList.CRLEntry entry = TBSCertList.CRLEntry.getInstance(entries.nextElement());
            if (!isTakenBack(entry)) {
                serials.add(entry.getUserCertificate().getValue());
            }
        }
        return serials;
    }

    /// RFC 5280 section 5.3.1: removeFromCRL.
    private static boolean isTakenBack(TBSCertList.CRLEntry entry) {
        Extension reason =
                entry.getExtensions() == null ? null : entry.getExtensions().getExtension(Extension.reasonCode);
        return reason != null
                && CRLReason.getInstance(reason.getParsedValue())
                        .getValue()
                        .equals(BigInteger.valueOf(CRLReason.removeFromCRL));
    }
}
