package io.muster.core.roster;

import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.CertificateRequest.AlternativeName;
import java.util.Locale;
import java.util.Optional;

/// A subject alternative name that is made from a device's identity, written `dns:…`, `uri:…` or `email:…` with the
/// placeholders `{registrationId}` (needed once) and `{tenant}`.
///
/// @param text the template without its kind
public record NameTemplate(AlternativeName.Kind kind, String text) {

    private static final String ID = "{registrationId}";
    private static final String TENANT = "{tenant}";

    /// The form in words, for messages that refuse another.
    public static final String RULE =
            "dns:, uri: or email: followed by printable ASCII that contains {registrationId} once and, if wanted, {tenant}";

    private static final int MAX_LENGTH = 255;

    /// Parses a template at the wall; empty when the text is not one.
    public static Optional<NameTemplate> parse(String written) {
        int colon = written.indexOf(':');
        Optional<AlternativeName.Kind> kind = colon < 0
                ? Optional.empty()
                : switch (written.substring(0, colon)) {
                    case "dns" -> Optional.of(AlternativeName.Kind.DNS);
                    case "uri" -> Optional.of(AlternativeName.Kind.URI);
                    case "email" -> Optional.of(AlternativeName.Kind.EMAIL);
                    default -> Optional.empty();
                };
        String text = written.substring(colon + 1);
        boolean sound = text.length() <= MAX_LENGTH
                && text.indexOf(ID) >= 0
                && text.indexOf(ID) == text.lastIndexOf(ID)
                && text.replace(ID, "")
                        .replace(TENANT, "")
                        .chars()
                        .allMatch(c -> c > ' ' && c < 0x7f && "{}*".indexOf(c) < 0);
        return kind.filter(ignored -> sound).map(it -> new NameTemplate(it, text));
    }

    /// The name of one device: the canonical id, since names compare without case.
    public String fill(Name tenant, RegistrationId id) {
        return text.replace(TENANT, tenant.value()).replace(ID, id.canonical());
    }

    /// Whether a name is what this template makes for another device than the given one.
    public boolean namesOther(Name tenant, RegistrationId id, AlternativeName asked) {
        String filled = text.replace(TENANT, tenant.value()).toLowerCase(Locale.ROOT);
        int at = filled.indexOf(ID.toLowerCase(Locale.ROOT));
        String before = filled.substring(0, at);
        String after = filled.substring(at + ID.length());
        String value = asked.value().toLowerCase(Locale.ROOT);
        return asked.kind() == kind
                && value.length() > before.length() + after.length()
                && value.startsWith(before)
                && value.endsWith(after)
                && !value.equals(before + id.canonical().toLowerCase(Locale.ROOT) + after);
    }

    /// As it is written.
    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + ":" + text;
    }
}
