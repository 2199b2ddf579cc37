package io.muster.x509.lint;

import io.muster.core.device.Bytes;
import io.muster.x509.codec.Der;
import io.muster.x509.codec.DerElement;
import io.muster.x509.codec.SubjectKey;
import io.muster.x509.codec.Validity;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The bytes that are going to be signed, taken apart (RFC 5280 section 4.1).
///
/// @param size       in octets
/// @param validity   empty where one of its times is not in the form in which times are written
/// @param subject    attributes of the subject in their order
/// @param soundKey   the key, where it keeps the rules for keys
/// @param rest       what stands between the key and the extensions
/// @param names      subject alternative names
record Draft(
        int size,
        DerElement version,
        DerElement serial,
        DerElement algorithm,
        DerElement issuer,
        Optional<Validity> validity,
        List<Attribute> subject,
        DerElement key,
        Optional<SubjectKey> soundKey,
        List<DerElement> rest,
        List<Extension> extensions,
        List<Name> names) {

    private static final int FIXED_FIELDS = 7;
    private static final int CONTEXT = 0x80;
    private static final byte[] TRUE = {Der.BOOLEAN, 1, (byte) 0xff};

    /// What the value of an extension is.
    private static final Map<String, Integer> VALUE_TAGS = Map.of(
            Oids.SUBJECT_KEY_ID, Der.OCTET_STRING,
            Oids.AUTHORITY_KEY_ID, Der.SEQUENCE,
            Oids.KEY_USAGE, Der.BIT_STRING,
            Oids.PURPOSES, Der.SEQUENCE,
            Oids.ALTERNATIVE_NAMES, Der.SEQUENCE,
            Oids.BASIC_CONSTRAINTS, Der.SEQUENCE,
            Oids.POLICIES, Der.SEQUENCE,
            Oids.CRL_POINTS, Der.SEQUENCE,
            Oids.AUTHORITY_INFORMATION, Der.SEQUENCE);

    /// @param type OID, hexadecimal, as it is encoded
    record Attribute(String type, DerElement value) {

        /// The text; empty where the octets are not UTF-8.
        Optional<String> text() {
            try {
                return Optional.of(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(value.content()))
                        .toString());
            } catch (CharacterCodingException e) {
                return Optional.empty();
            }
        }
    }

    /// @param oid hexadecimal, as it is encoded
    record Extension(String oid, boolean isCritical, DerElement value) {}

    /// @param tag the number of its kind (RFC 5280 section 4.2.1.6)
    record Name(int tag, String text) {}

    /// Empty where the bytes do not have the fields of a certificate of version 3.
    static Optional<Draft> read(byte[] tbs) {
        try {
            return DerElement.read(tbs).map(Draft::parts);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Draft parts(DerElement tbs) {
        List<DerElement> fields = in(Der.SEQUENCE, tbs);
        List<DerElement> validity = in(Der.SEQUENCE, fields.get(4));
        boolean hasExtensions = fields.size() > FIXED_FIELDS && fields.getLast().is(Der.constructed(3));
        List<Extension> extensions =
                hasExtensions ? extensions(only(in(Der.constructed(3), fields.getLast()))) : List.of();
        return new Draft(
                tbs.encoded().length,
                fields.get(0),
                tagged(Der.INTEGER, fields.get(1)),
                fields.get(2),
                fields.get(3),
                DraftTimes.validity(validity.get(0), validity.get(1)),
                attributes(fields.get(5)),
                fields.get(6),
                SubjectKey.read(Bytes.of(fields.get(6).encoded())),
                fields.subList(FIXED_FIELDS, fields.size() - (hasExtensions ? 1 : 0)),
                extensions,
                names(extensions));
    }

    private static List<Attribute> attributes(DerElement subject) {
        List<Attribute> attributes = new ArrayList<>();
        for (DerElement rdn : in(Der.SEQUENCE, subject)) {
            for (DerElement attribute : in(Der.SET, rdn)) {
                List<DerElement> parts = in(Der.SEQUENCE, attribute);
                attributes.add(new Attribute(oid(parts.get(0)), parts.get(1)));
            }
        }
        return List.copyOf(attributes);
    }

    private static List<Extension> extensions(DerElement all) {
        return in(Der.SEQUENCE, all).stream().map(Draft::extension).toList();
    }

    /// RFC 5280 section 4.1: a criticality that is written out is TRUE, since FALSE is the default.
    private static Extension extension(DerElement extension) {
        List<DerElement> fields = in(Der.SEQUENCE, extension);
        boolean isCritical = fields.size() == 3;
        if (isCritical && !Arrays.equals(fields.get(1).encoded(), TRUE)) {
            throw new IllegalArgumentException("a criticality that is not TRUE");
        }
        DerElement wrapped = tagged(Der.OCTET_STRING, fields.get(isCritical ? 2 : 1));
        String oid = oid(fields.get(0));
        DerElement value = DerElement.read(wrapped.content())
                .filter(it -> it.is(VALUE_TAGS.getOrDefault(oid, it.tag())))
                .orElseThrow(() -> new IllegalArgumentException("a value that its extension does not have"));
        return new Extension(oid, isCritical, value);
    }

    private static List<Name> names(List<Extension> extensions) {
        return extensions.stream()
                .filter(extension -> extension.oid().equals(Oids.ALTERNATIVE_NAMES))
                .flatMap(extension -> extension.value().children().stream())
                .map(name -> new Name(name.tag() ^ CONTEXT, new String(name.content(), StandardCharsets.ISO_8859_1)))
                .toList();
    }

    private static List<DerElement> in(int tag, DerElement element) {
        return tagged(tag, element).children();
    }

    private static DerElement only(List<DerElement> elements) {
        if (elements.size() != 1) {
            throw new IllegalArgumentException("several elements where there is one");
        }
        return elements.getFirst();
    }

    private static DerElement tagged(int tag, DerElement element) {
        if (!element.is(tag)) {
            throw new IllegalArgumentException("a tag where another is wanted");
        }
        return element;
    }

    private static String oid(DerElement element) {
        return HexFormat.of().formatHex(tagged(Der.OID, element).content());
    }

    Optional<DerElement> extension(String oid) {
        return extensions.stream()
                .filter(extension -> extension.oid().equals(oid))
                .map(Extension::value)
                .findFirst();
    }

    List<Attribute> attributes(String type) {
        return subject.stream()
                .filter(attribute -> attribute.type().equals(type))
                .toList();
    }
}
