package io.muster.core.roster;

import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import java.util.List;
import java.util.Optional;

/// How the outward id of a new device is made.
///
/// @param text literal characters of an id, and the places `{registrationId}`, `{enrollment}` and `{tenant}`
public record DeviceIdTemplate(String text) {

    /// The template of an enrollment that names none.
    public static final DeviceIdTemplate REGISTRATION_ID = new DeviceIdTemplate("{registrationId}");

    /// The template in words, for messages that refuse another.
    public static final String RULE =
            "characters of A-Z, a-z, 0-9, '.', '_', ':', '-' and the place {registrationId}, which it must contain, {enrollment} or {tenant}";

    private static final List<String> PLACES = List.of("{registrationId}", "{enrollment}", "{tenant}");

    /// Parses a template at the wall; empty when the text is not one.
    public static Optional<DeviceIdTemplate> parse(String text) {
        String literal = text;
        for (String place : PLACES) {
            literal = literal.replace(place, "x");
        }
        boolean plain = RegistrationId.parse(literal).isPresent();
        return plain && text.contains("{registrationId}") && text.length() <= RegistrationId.MAX_LENGTH
                ? Optional.of(new DeviceIdTemplate(text))
                : Optional.empty();
    }

    /// The id that an operator chose for the one device of an individual enrollment; empty when the text is not one.
    /// A group's devices could not share it.
    public static Optional<DeviceIdTemplate> fixed(String deviceId) {
        return RegistrationId.parse(deviceId).map(id -> new DeviceIdTemplate(id.display()));
    }

    /// The id of a device. It may be too long: the caller parses it as an id.
    public String apply(Name tenant, Name enrollment, RegistrationId device) {
        return text.replace("{enrollment}", enrollment.value())
                .replace("{tenant}", tenant.value())
                .replace("{registrationId}", device.display());
    }
}
