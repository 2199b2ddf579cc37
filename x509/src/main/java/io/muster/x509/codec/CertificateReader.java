package io.muster.x509.codec;

import io.muster.core.device.Bytes;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;

/// Reads a certificate at the wall. Never throws for what is in the bytes, whatever they are.
public final class CertificateReader {

    private static final int MAX_SERIAL_BYTES = 32;

    private CertificateReader() {}

    public static Reading read(byte[] der) {
        return read(der, KeyRules::check);
    }

    /// A certificate of a key that decrypts and never signs, as those of TPMs' endorsement keys: it may say so in the
    /// key's algorithm, id-RSAES-OAEP. RFC 4055 section 1.2 forbids to sign with such a key, so nothing else reads
    /// it.
    public static Reading readDecrypting(byte[] der) {
        return read(der, KeyRules::checkDecrypting);
    }

    /// What is taken for a key.
    private interface Keys {
        SubjectKey check(SubjectPublicKeyInfo info) throws IOException;
    }

    private static Reading read(byte[] der, Keys keys) {
        if (der.length > Certificate.MAX_BYTES) {
            return new Reading.Refused(new Finding.TooLarge(der.length, Certificate.MAX_BYTES));
        }
        try {
            DerShape.check(der);
            return new Reading.Read(parse(der, keys));
        } catch (Unreadable e) {
            return new Reading.Refused(e.finding());
        } catch (IOException | RuntimeException e) {
            return new Reading.Refused(new Finding.Malformed("its fields are not those of a certificate"));
        }
    }

    private static Certificate parse(byte[] der, Keys keys) throws IOException {
        var signed = org.bouncycastle.asn1.x509.Certificate.getInstance(ASN1Primitive.fromByteArray(der));
        TBSCertificate body = signed.getTBSCertificate();
        if (!body.getSignature().equals(signed.getSignatureAlgorithm())) {
            throw Unreadable.malformed("it names one signature algorithm inside and another outside");
        }
        checkFrame(body);
        Bytes bytes = Bytes.of(der);
        return new Certificate(
                bytes,
                Sha256.of(der),
                body.getVersionNumber(),
                body.getSerialNumber().getValue(),
                name(body.getIssuer()),
                name(body.getSubject()),
                new Validity(instant(body.getStartDate()), instant(body.getEndDate())),
                keys.check(body.getSubjectPublicKeyInfo()),
                ExtensionReader.read(body.getExtensions()),
                seal(der, signed));
    }

    /// RFC 5280 sections 4.1.2.1, 4.1.2.2 and 4.1.2.9. Serial numbers may be a little longer than its 20 octets.
    private static void checkFrame(TBSCertificate body) {
        int version = body.getVersionNumber();
        if (version < 1 || version > 3) {
            throw Unreadable.malformed("version " + version + " does not exist");
        }
        if (version < 3 && body.getExtensions() != null) {
            throw Unreadable.malformed("extensions in a certificate of version " + version);
        }
        if (body.getSerialNumber().getValue().bitLength() > 8 * MAX_SERIAL_BYTES) {
            throw Unreadable.malformed("a serial number of more than " + MAX_SERIAL_BYTES + " bytes");
        }
    }

    private static DistinguishedName name(X500Name name) throws IOException {
        return DistinguishedName.of(name, name.getEncoded("DER"));
    }

    private static Certificate.Seal seal(byte[] der, org.bouncycastle.asn1.x509.Certificate signed) {
        return new Certificate.Seal(
                SignatureScheme.of(signed.getSignatureAlgorithm()),
                signed.getSignatureAlgorithm().getAlgorithm().getId(),
                DerShape.firstElement(der),
                Bytes.of(signed.getSignature().getOctets()));
    }

    /// RFC 5280 section 4.1.2.5: in UTC, to the second, and in no other form.
    private static Instant instant(Time time) {
        ASN1Primitive value = time.toASN1Primitive();
        String text =
                switch (value) {
                    case ASN1UTCTime utc -> utc.toString();
                    case ASN1GeneralizedTime generalized -> generalized.getTimeString();
                    default -> "";
                };
        boolean twoDigitYear = value instanceof ASN1UTCTime;
        int digits = twoDigitYear ? 12 : 14;
        if (text.length() != digits + 1 || !text.endsWith("Z") || !isDigits(text, digits)) {
            throw Unreadable.malformed("a time that is not in UTC to the second");
        }
        return instant(twoDigitYear ? century(text) + text : text);
    }

    private static String century(String text) {
        return text.charAt(0) >= '5' ? "19" : "20";
    }

    private static Instant instant(String digits) {
        try {
            return LocalDateTime.of(
                            number(digits, 0, 4),
                            number(digits, 4, 6),
                            number(digits, 6, 8),
                            number(digits, 8, 10),
                            number(digits, 10, 12),
                            number(digits, 12, 14))
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw Unreadable.malformed("a time that does not exist");
        }
    }

    private static int number(String digits, int from, int to) {
        return Integer.parseInt(digits, from, to, 10);
    }

    private static boolean isDigits(String text, int count) {
        return text.chars().limit(count).allMatch(c -> c >= '0' && c <= '9');
    }
}
