package io.muster.x509.lint;

import io.muster.core.device.RegistrationId;
import io.muster.x509.codec.Der;
import io.muster.x509.lint.Draft.Attribute;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What is asked about a subject.
final class DraftSubject {

    static final int MAX_COMMON_NAME = 64;

    private static final int PRINTABLE_STRING = 0x13;
    private static final int IA5_STRING = 0x16;
    private static final int LONGEST = 256;

    /// RFC 5280 appendix A.1; the common name has a rule of its own.
    private static final Map<String, Integer> BOUNDS = Map.of(
            Oids.SERIAL_NUMBER, 64,
            Oids.COUNTRY, 2,
            Oids.LOCALITY, 128,
            Oids.STATE, 128,
            Oids.ORGANIZATION, 64,
            Oids.UNIT, 64,
            Oids.TITLE, 64,
            Oids.EMAIL, 255,
            Oids.DOMAIN_COMPONENT, 63);

    /// X.680 section 41.4.
    private static final Pattern PRINTABLE = Pattern.compile("[A-Za-z0-9 '()+,./:=?-]+");

    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cn}\\p{Co}\\p{Cs}]");

    private DraftSubject() {}

    static boolean isSoundText(Attribute attribute) {
        Optional<String> text = attribute.text();
        if (text.isEmpty() || text.get().isEmpty()) {
            return false;
        }
        return switch (attribute.value().tag()) {
            case Der.UTF8_STRING -> !UNSEEN.matcher(text.get()).find();
            case PRINTABLE_STRING -> PRINTABLE.matcher(text.get()).matches();
            case IA5_STRING ->
                (attribute.type().equals(Oids.EMAIL) || attribute.type().equals(Oids.DOMAIN_COMPONENT))
                        && text.get().chars().allMatch(c -> c > ' ' && c < 0x7f);
            default -> false;
        };
    }

    static boolean isWithinBounds(Attribute attribute) {
        int length = length(attribute);
        boolean isCountry = attribute.type().equals(Oids.COUNTRY);
        return length <= BOUNDS.getOrDefault(attribute.type(), LONGEST) && (!isCountry || length == 2);
    }

    static int length(Attribute attribute) {
        return attribute
                .text()
                .map(text -> text.codePointCount(0, text.length()))
                .orElse(0);
    }

    /// Whether one of the common names is the id, or the id is too long for that and stands in the user id. Whether
    /// there are several is asked elsewhere.
    static boolean isIdentity(Draft draft, RegistrationId id) {
        List<Attribute> commonNames = draft.attributes(Oids.COMMON_NAME);
        return commonNames.isEmpty()
                ? id.display().length() > MAX_COMMON_NAME && names(draft.attributes(Oids.USER_ID), id)
                : names(commonNames, id);
    }

    private static boolean names(List<Attribute> attributes, RegistrationId id) {
        return attributes.stream()
                .flatMap(attribute -> attribute.text().stream())
                .flatMap(text -> RegistrationId.parse(text).stream())
                .anyMatch(id::equals);
    }
}
