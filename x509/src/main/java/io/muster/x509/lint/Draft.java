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
import java.util.HexFormat;
import java.util.List;
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
        List<DerElement> fields = tbs.children();
        List<DerElement> validity = fields.get(4).children();
        List<Extension> extensions = fields.getLast().is(Der.constructed(3)) && fields.size() > FIXED_FIELDS
                ? extensions(fields.getLast().children().getFirst())
                : List.of();
        return new Draft(
                tbs.encoded().length,
                fields.get(0),
                fields.get(1),
                fields.get(2),
                fields.get(3),
                DraftTimes.validity(validity.get(0), validity.get(1)),
                attributes(fields.get(5)),
                fields.get(6),
                SubjectKey.read(Bytes.of(fields.get(6).encoded())),
                fields.subList(FIXED_FIELDS, extensions.isEmpty() ? fields.size() : fields.size() - 1),
                extensions,
                names(extensions));
    }

    private static List<Attribute> attributes(DerElement subject) {
        List<Attribute> attributes = new ArrayList<>();
        for (DerElement rdn : subject.children()) {
            for (DerElement attribute : rdn.children()) {
                List<DerElement> parts = attribute.children();
                attributes.add(new Attribute(hex(parts.get(0)), parts.get(1)));
            }
        }
        return List.copyOf(attributes);
    }

    private static List<Extension> extensions(DerElement all) {
        return all.children().stream().map(Draft::extension).toList();
    }

    private static Extension extension(DerElement extension) {
        List<DerElement> fields = extension.children();
        boolean isCritical = fields.get(1).is(Der.BOOLEAN);
        DerElement value = DerElement.read(fields.get(isCritical ? 2 : 1).content())
                .orElseThrow(() -> new IllegalArgumentException("the value of an extension is not DER"));
        return new Extension(hex(fields.get(0)), isCritical, value);
    }

    private static List<Name> names(List<Extension> extensions) {
        return extensions.stream()
                .filter(extension -> extension.oid().equals(Oids.ALTERNATIVE_NAMES))
                .flatMap(extension -> extension.value().children().stream())
                .map(name -> new Name(name.tag() & 0x1f, new String(name.content(), StandardCharsets.ISO_8859_1)))
                .toList();
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

    private static String hex(DerElement oid) {
        return HexFormat.of().formatHex(oid.content());
    }
}
