package io.muster.x509.codec;

import java.io.IOException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;

/// A name in the form in which names are compared (RFC 5280 section 7.1): one text per RDN. Our own, because Bouncy
/// Castle's comparison decodes strings that begin with `#` as ASN.1 again, without a bound.
///
/// @param rdns      in their order
/// @param textsOnly false when a value is of an old string type: such a name equals only its exact twin, so it cannot
///        be said to lie outside of an excluded subtree
record ComparableName(List<String> rdns, boolean textsOnly) {

    private static final String RAW = "#";

    /// RFC 4519 section 2.
    private static final Map<String, String> SHORT = Map.of(
            "2.5.4.3", "CN",
            "2.5.4.5", "serialNumber",
            "2.5.4.6", "C",
            "2.5.4.7", "L",
            "2.5.4.8", "ST",
            "2.5.4.10", "O",
            "2.5.4.11", "OU");

    static ComparableName of(X500Name name) {
        List<String> rdns =
                Arrays.stream(name.getRDNs()).map(ComparableName::rdn).toList();
        return new ComparableName(rdns, rdns.stream().noneMatch(rdn -> rdn.contains("=" + RAW)));
    }

    /// The name as one text. Two names have the same text if and only if they are the same name: what a value could
    /// fake is escaped.
    String text() {
        return rdns.stream().map(ComparableName::escaped).collect(Collectors.joining(","));
    }

    private static String escaped(String rdn) {
        int equals = rdn.indexOf('=');
        String type = rdn.substring(0, equals);
        return SHORT.getOrDefault(type, type)
                + rdn.substring(equals)
                        .replace("\\", "\\\\")
                        .replace(",", "\\,")
                        .replace("+", "\\+")
                        .replace("\u0000\\+\u0000", "+")
                        .replace("\u0000", "\\0");
    }

    /// Whether this name lies in the subtree that `base` spans: base is the beginning of it.
    boolean isWithin(ComparableName base) {
        return rdns.size() >= base.rdns.size()
                && rdns.subList(0, base.rdns.size()).equals(base.rdns);
    }

    private static String rdn(RDN rdn) {
        if (!rdn.isMultiValued()) {
            return attribute(rdn.getFirst());
        }
        return String.join(
                "\u0000+\u0000",
                Arrays.stream(rdn.getTypesAndValues())
                        .map(ComparableName::attribute)
                        .sorted()
                        .toList());
    }

    private static String attribute(AttributeTypeAndValue attribute) {
        return attribute.getType().getId() + "=" + value(attribute.getValue());
    }

    private static String value(ASN1Encodable value) {
        return switch (value) {
            case ASN1UTF8String text -> folded(text.getString());
            case ASN1PrintableString text -> folded(text.getString());
            case ASN1IA5String text -> folded(text.getString());
            default -> RAW + HexFormat.of().formatHex(encoded(value));
        };
    }

    private static byte[] encoded(ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded("DER");
        } catch (IOException e) {
            throw Unreadable.malformed("a value in a name");
        }
    }

    /// A text of one's own that begins with `#` is moved out of the way of raw values.
    private static String folded(String text) {
        String lower = ascii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFKC);
        String spaced = lower.toLowerCase(Locale.ROOT).strip();
        String single = spaced.contains("  ") ? spaced.replaceAll(" +", " ") : spaced;
        return single.startsWith(RAW) ? "\\" + single : single;
    }

    private static boolean ascii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
