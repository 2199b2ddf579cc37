package io.muster.x509.lint;

import io.muster.core.issuance.Order;
import io.muster.core.roster.CertificateProfile;
import io.muster.core.roster.CertificateProfile.KeyUsage;
import io.muster.x509.codec.Der;
import io.muster.x509.codec.DerElement;
import io.muster.x509.codec.KeyKind;
import io.muster.x509.codec.SubjectKey;
import io.muster.x509.lint.Draft.Name;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/// What is asked about extensions.
final class DraftExtensions {

    /// digitalSignature, keyEncipherment and keyAgreement, as bits of the first octet.
    static final int DEVICE_USAGES = 0x80 | 0x20 | 0x08;

    private static final int EMAIL = 1;
    private static final int DNS = 2;
    private static final int URI_NAME = 6;

    /// RFC 1034 section 3.5.
    private static final Pattern HOST = Pattern.compile(
            "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");

    private static final int LONGEST_HOST = 253;
    private static final Pattern MAIL = Pattern.compile("[\\x21-\\x3f\\x41-\\x7e]+@[A-Za-z0-9.-]+");

    private static final Pattern SHARD = Pattern.compile("[0-9]{1,5}\\.crl");

    private DraftExtensions() {}

    /// The bits of KeyUsage in one number, those of its second octet behind those of the first; 0 where there is
    /// none, or its bits are not written in the shortest form.
    static int usages(Draft draft) {
        byte[] content =
                draft.extension(Oids.KEY_USAGE).map(DerElement::content).orElse(new byte[0]);
        if (content.length < 2 || content.length > 3) {
            return 0;
        }
        int last = content[content.length - 1] & 0xff;
        boolean isShortest = last != 0 && content[0] == Integer.numberOfTrailingZeros(last);
        int bits = (content[1] & 0xff) | (content.length == 3 ? last << 8 : 0);
        return isShortest ? bits : 0;
    }

    static int granted(CertificateProfile profile) {
        int bits = 0;
        for (KeyUsage usage : profile.keyUsages()) {
            bits |= switch (usage) {
                case DIGITAL_SIGNATURE -> 0x80;
                case KEY_ENCIPHERMENT -> 0x20;
                case KEY_AGREEMENT -> 0x08;
            };
        }
        return bits;
    }

    /// What a key can do (RFC 3279 section 2.3.1, RFC 5480 section 3, RFC 8410 section 5).
    static int able(SubjectKey key) {
        return switch (key.kind()) {
            case RSA -> 0x80 | 0x20;
            case P256, P384, P521 -> 0x80 | 0x08;
            case ED25519 -> 0x80;
        };
    }

    static boolean isGranted(KeyKind kind, CertificateProfile profile) {
        return profile.algorithms().stream().anyMatch(algorithm -> switch (algorithm) {
            case P256 -> kind == KeyKind.P256;
            case P384 -> kind == KeyKind.P384;
            case RSA -> kind == KeyKind.RSA;
            case ED25519 -> kind == KeyKind.ED25519;
        });
    }

    /// Extended key usages, dotted; an empty text for what is no OID.
    static List<String> purposes(Draft draft) {
        return draft.extension(Oids.PURPOSES).map(DerElement::children).orElse(List.of()).stream()
                .map(DraftExtensions::dotted)
                .toList();
    }

    private static String dotted(DerElement oid) {
        if (!oid.is(Der.OID)) {
            return "";
        }
        try {
            return ASN1ObjectIdentifier.fromContents(oid.content()).getId();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    static boolean isWildcard(Name name) {
        return name.text().contains("*");
    }

    static boolean isWellFormed(Name name) {
        return switch (name.tag()) {
            case EMAIL -> MAIL.matcher(name.text()).matches();
            case DNS ->
                name.text().length() <= LONGEST_HOST
                        && HOST.matcher(name.text()).matches();
            case URI_NAME -> isUri(name.text());
            default -> false;
        };
    }

    private static boolean isUri(String text) {
        try {
            return new URI(text).isAbsolute();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /// The names that the profile makes of an identity.
    static List<Name> names(Order order) {
        return order.profile().alternativeNames().stream()
                .map(template -> new Name(
                        switch (template.kind()) {
                            case EMAIL -> EMAIL;
                            case DNS -> DNS;
                            case URI -> URI_NAME;
                            case IP, OTHER -> -1;
                        },
                        template.fill(order.tenant(), order.registrationId())))
                .toList();
    }

    static boolean hasSubjectKeyId(Draft draft, SubjectKey key) {
        return isValue(
                draft,
                Oids.SUBJECT_KEY_ID,
                Der.element(Der.OCTET_STRING, key.identifier().toArray()));
    }

    /// The key identifier alone: with issuer and serial number it would name one certificate of the issuer's.
    static boolean hasAuthorityKeyId(Draft draft, LintTerms terms) {
        Optional<byte[]> keyId = terms.issuing().extensions().subjectKeyId().map(id -> id.toArray());
        return keyId.isPresent()
                && isValue(draft, Oids.AUTHORITY_KEY_ID, Der.sequence(Der.element(Der.primitive(0), keyId.get())));
    }

    /// Exactly one point, by its full name alone, of which the last part is a number.
    static boolean hasCrlPoint(Draft draft, LintTerms terms) {
        String url = Stream.iterate(draft.extension(Oids.CRL_POINTS), Optional::isPresent, DraftExtensions::only)
                .flatMap(Optional::stream)
                .filter(element -> element.is(Der.primitive(URI_NAME)))
                .map(element -> new String(element.content(), StandardCharsets.ISO_8859_1))
                .findFirst()
                .orElse("");
        String prefix = terms.base() + "/crl/" + issuer(terms) + "/";
        byte[] name = Der.element(Der.primitive(URI_NAME), url.getBytes(StandardCharsets.ISO_8859_1));
        byte[] fullName = Der.element(Der.constructed(0), Der.element(Der.constructed(0), name));
        return url.startsWith("http://")
                && url.startsWith(prefix)
                && SHARD.matcher(url.substring(prefix.length())).matches()
                && isValue(draft, Oids.CRL_POINTS, Der.sequence(Der.sequence(fullName)));
    }

    /// The only child of an element.
    private static Optional<DerElement> only(Optional<DerElement> element) {
        return element.map(DerElement::children).filter(it -> it.size() == 1).map(List::getFirst);
    }

    static boolean hasAuthorityInformation(Draft draft, LintTerms terms) {
        String url = terms.base() + "/ca/" + issuer(terms) + ".cer";
        byte[] method = Der.element(Der.OID, HexFormat.of().parseHex(Oids.CA_ISSUERS));
        byte[] location = Der.element(Der.primitive(URI_NAME), url.getBytes(StandardCharsets.US_ASCII));
        return url.startsWith("http://")
                && isValue(draft, Oids.AUTHORITY_INFORMATION, Der.sequence(Der.sequence(method, location)));
    }

    /// Both policies and no other, in this order, without qualifiers.
    static boolean hasResidentKeyPolicies(Draft draft) {
        return isValue(
                draft,
                Oids.POLICIES,
                Der.sequence(policy(Oids.VERIFIED_TPM_RESIDENCY), policy(Oids.VERIFIED_TPM_FIXED)));
    }

    private static byte[] policy(String oid) {
        return Der.sequence(Der.element(Der.OID, HexFormat.of().parseHex(oid)));
    }

    private static String issuer(LintTerms terms) {
        return terms.issuing().extensions().subjectKeyId().map(id -> id.hex()).orElse("");
    }

    private static boolean isValue(Draft draft, String oid, byte[] wanted) {
        return draft.extension(oid)
                .filter(value -> Arrays.equals(value.encoded(), wanted))
                .isPresent();
    }
}
