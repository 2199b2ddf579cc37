package io.muster.x509.codec;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/// What a subject in a request may look like. Stricter than for certificates of others: this one may be copied into a
/// certificate, so each value must be read by everybody in the same way.
final class SubjectRules {

    private static final int MAX_TEXT = 256;

    /// RFC 5280 section 4.1.2.4 and appendix A.1: these two are written as IA5String.
    private static final Set<ASN1ObjectIdentifier> IA5 = Set.of(BCStyle.EmailAddress, BCStyle.DC);

    private static final Pattern TRICKS =
            Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Cn}\\p{Co}\ufffd]");

    private SubjectRules() {}

    static DistinguishedName check(X500Name name) throws IOException {
        for (RDN rdn : name.getRDNs()) {
            for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
                checkText(attribute);
            }
        }
        return DistinguishedName.of(name, name.getEncoded("DER"));
    }

    /// The only common name; empty where there is none.
    static Optional<String> commonName(DistinguishedName name) {
        return switch (name.commonName()) {
            case CommonName.Named named -> Optional.of(named.value());
            case CommonName.Unusable unusable -> {
                if (unusable.finding() instanceof Finding.NoCommonName) {
                    yield Optional.empty();
                }
                throw new Unreadable(unusable.finding());
            }
        };
    }

    private static void checkText(AttributeTypeAndValue attribute) {
        String text = text(attribute.getType(), attribute.getValue());
        if (text.isEmpty() || text.length() > MAX_TEXT) {
            throw Unreadable.malformed("a value in its subject is empty or longer than " + MAX_TEXT + " characters");
        }
        if (TRICKS.matcher(text).find()) {
            throw Unreadable.malformed("a value in its subject has characters that nobody can see");
        }
    }

    private static String text(ASN1ObjectIdentifier type, ASN1Encodable value) {
        return switch (value) {
            case ASN1UTF8String text -> text.getString();
            case ASN1PrintableString text -> ascii(text.getString());
            case ASN1IA5String text when IA5.contains(type) -> ascii(text.getString());
            default ->
                throw Unreadable.malformed("a value in its subject is neither a UTF8String nor a PrintableString");
        };
    }

    private static String ascii(String text) {
        if (text.chars().anyMatch(c -> c >= 0x80)) {
            throw Unreadable.malformed("a value in its subject has characters that its string type does not have");
        }
        return text;
    }
}
