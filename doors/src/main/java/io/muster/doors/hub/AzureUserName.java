package io.muster.doors.hub;

import java.util.Optional;

/// The user name of a device at an Azure IoT hub: `{host}/{deviceId}/?api-version={date}&…`. What follows is
/// telemetry of the SDK.
///
/// @param host     of the hub, as sent
/// @param deviceId as sent, not yet checked
/// @param module   part of a device with an identity of its own
record AzureUserName(String host, String deviceId, Optional<String> module) {

    private static final String VERSION = "api-version=";

    /// Empty when it is another door's.
    static Optional<AzureUserName> parse(String text) {
        int first = text.indexOf('/');
        int second = text.indexOf('/', first + 1);
        if (first < 1 || second < first + 2) {
            return Optional.empty();
        }
        String host = text.substring(0, first);
        String device = text.substring(first + 1, second);
        String rest = text.substring(second + 1);
        if (version(rest)) {
            return Optional.of(new AzureUserName(host, device, Optional.empty()));
        }
        int third = rest.indexOf('/');
        return third > 0 && version(rest.substring(third + 1))
                ? Optional.of(new AzureUserName(host, device, Optional.of(rest.substring(0, third))))
                : Optional.empty();
    }

    /// Older SDKs write no question mark.
    private static boolean version(String parameters) {
        return parameters.startsWith(VERSION) || parameters.startsWith("?" + VERSION);
    }

    /// Names a device: it is not printed.
    @Override
    public String toString() {
        return "a user name at a hub";
    }
}
