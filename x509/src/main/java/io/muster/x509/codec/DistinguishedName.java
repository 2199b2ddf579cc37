package io.muster.x509.codec;

import io.muster.core.device.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1BMPString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1T61String;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.ASN1UniversalString;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.jspecify.annotations.Nullable;

/// A subject or an issuer.
public final class DistinguishedName {

    private static final int MAX_ATTRIBUTES = 32;
    private static final int MAX_TEXT = 200;
    private static final Pattern TRICKS = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private final X500Name name;
    private final Bytes der;
    private final ComparableName comparable;

    /// Made when first asked for: an authority's name is told for every device that does not lead to it.
    private @Nullable String text;

    private DistinguishedName(X500Name name, Bytes der, ComparableName comparable) {
        this.name = name;
        this.der = der;
        this.comparable = comparable;
    }

    static DistinguishedName of(X500Name name, byte[] der) {
        int attributes = Arrays.stream(name.getRDNs()).mapToInt(RDN::size).sum();
        if (attributes > MAX_ATTRIBUTES) {
            throw new Unreadable(new Finding.TooComplex("attributes in a name", attributes, MAX_ATTRIBUTES));
        }
        return new DistinguishedName(name, Bytes.of(der), ComparableName.of(name));
    }

    /// The same name by RFC 5280 section 7.1: letter case, spaces and the kind of string do not count.
    public boolean matches(DistinguishedName other) {
        return der.equals(other.der) || comparable.equals(other.comparable);
    }

    public boolean isEmpty() {
        return name.getRDNs().length == 0;
    }

    /// For people: bounded, and without characters that could play tricks in a log or a terminal.
    public String text() {
        String known = text;
        if (known == null) {
            known = shown(name.toString());
            text = known;
        }
        return known;
    }

    private static String shown(String full) {
        String bounded = full.length() <= MAX_TEXT ? full : full.substring(0, MAX_TEXT) + "…";
        return TRICKS.matcher(bounded).replaceAll("?");
    }

    /// The one CN, if there is exactly one, alone in its RDN, in one of the two string types that everybody reads in
    /// the same way.
    public CommonName commonName() {
        List<RDN> holders = Arrays.stream(name.getRDNs())
                .filter(rdn -> commonNames(rdn).findAny().isPresent())
                .toList();
        long count = holders.stream().flatMap(DistinguishedName::commonNames).count();
        if (count == 0) {
            return new CommonName.Unusable(new Finding.NoCommonName());
        }
        if (count > 1) {
            return new CommonName.Unusable(new Finding.SeveralCommonNames((int) count));
        }
        if (holders.getFirst().isMultiValued()) {
            return new CommonName.Unusable(new Finding.CommonNameInCompany());
        }
        return read(holders.getFirst().getFirst().getValue());
    }

    /// The text of the first attribute of this type, wherever in the name it stands; empty where there is none, or
    /// where it is no text.
    ///
    /// @param oid dotted
    public Optional<String> attribute(String oid) {
        return Arrays.stream(name.getRDNs())
                .flatMap(rdn -> Arrays.stream(rdn.getTypesAndValues()))
                .filter(attribute -> attribute.getType().getId().equals(oid))
                .findFirst()
                .flatMap(attribute -> attribute.getValue() instanceof ASN1String text
                        ? Optional.of(shown(text.getString()))
                        : Optional.empty());
    }

    /// The e-mail addresses in the name itself, an old custom that name constraints cover as well.
    List<String> emailAddresses() {
        return Arrays.stream(name.getRDNs())
                .flatMap(rdn -> Arrays.stream(rdn.getTypesAndValues()))
                .filter(attribute -> attribute.getType().equals(BCStyle.EmailAddress))
                .map(attribute -> attribute.getValue().toString())
                .toList();
    }

    private static Stream<AttributeTypeAndValue> commonNames(RDN rdn) {
        return Arrays.stream(rdn.getTypesAndValues())
                .filter(attribute -> attribute.getType().equals(BCStyle.CN));
    }

    private static CommonName read(ASN1Encodable value) {
        return switch (value) {
            case ASN1UTF8String text -> new CommonName.Named(text.getString());
            case ASN1PrintableString text -> new CommonName.Named(text.getString());
            case ASN1T61String _ -> odd("T61String");
            case ASN1BMPString _ -> odd("BMPString");
            case ASN1UniversalString _ -> odd("UniversalString");
            default -> odd("neither of the two usual string types");
        };
    }

    private static CommonName odd(String type) {
        return new CommonName.Unusable(new Finding.OddCommonNameType(type));
    }

    /// The form in which names are compared (RFC 5280 section 7.1), as one text: equal for equal names, and different
    /// for different ones. Empty for the empty name.
    public String comparableText() {
        return comparable.text();
    }

    /// As it is encoded.
    public Bytes der() {
        return der;
    }

    /// Reads a name that was made or checked here before.
    public static DistinguishedName of(Bytes der) {
        byte[] octets = der.toArray();
        return of(X500Name.getInstance(octets), octets);
    }

    ComparableName comparable() {
        return comparable;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DistinguishedName that && der.equals(that.der);
    }

    @Override
    public int hashCode() {
        return der.hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
