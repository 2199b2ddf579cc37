package io.muster.doors.dps;

import java.util.Optional;

/// The user name of a DPS device: `{scope}/registrations/{id}/api-version={date}&ClientVersion={words}`.
///
/// @param registrationId as sent, not yet checked
/// @param version        the API version; empty where none was sent
record DpsUserName(String scope, String registrationId, String version) {

    private static final String REGISTRATIONS = "registrations";
    private static final String VERSION = "api-version=";
    private static final int PARTS = 4;

    /// Empty when it is another door's.
    static Optional<DpsUserName> parse(String text) {
        String[] parts = text.split("/", PARTS);
        return parts.length >= PARTS - 1 && parts[1].equals(REGISTRATIONS) && !parts[0].isEmpty()
                ? Optional.of(new DpsUserName(parts[0], parts[2], parts.length == PARTS ? version(parts[3]) : ""))
                : Optional.empty();
    }

    private static String version(String parameters) {
        for (String parameter : parameters.split("&", -1)) {
            if (parameter.startsWith(VERSION)) {
                return parameter.substring(VERSION.length());
            }
        }
        return "";
    }

    /// Names a device: it is not printed.
    @Override
    public String toString() {
        return "a DPS user name";
    }
}
