package io.muster.doors.hub;

import java.util.Optional;

/// A topic on which a device of Azure's speaks to its hub.
sealed interface AzureTopic {

    /// `devices/{deviceId}/messages/events/{properties}`
    ///
    /// @param properties undecoded
    record Event(String properties) implements AzureTopic {}

    /// `$iothub/twin/…/?$rid={request}`: a question about the device's twin.
    ///
    /// @param request the number that the device wants to see in the answer's topic
    record Twin(String request) implements AzureTopic {

        /// Where its answer goes.
        String answer(int status) {
            return "$iothub/twin/res/" + status + "/?$rid=" + request;
        }
    }

    String TWIN = "$iothub/twin/";
    String REQUEST = "/?$rid=";
    int MAX_REQUEST = 64;

    /// Empty when it is none of them, or of another device.
    static Optional<AzureTopic> parse(String topic, String deviceId) {
        String events = "devices/" + deviceId + "/messages/events/";
        if (topic.startsWith(events)) {
            return Optional.of(new Event(topic.substring(events.length())));
        }
        int request = topic.indexOf(REQUEST);
        return topic.startsWith(TWIN) && request > 0
                ? request(topic.substring(request + REQUEST.length())).map(Twin::new)
                : Optional.empty();
    }

    /// It comes back in a topic of ours; a version may follow it.
    private static Optional<String> request(String parameters) {
        int end = parameters.indexOf('&');
        String request = end < 0 ? parameters : parameters.substring(0, end);
        boolean sound = !request.isEmpty()
                && request.length() <= MAX_REQUEST
                && request.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '/');
        return sound ? Optional.of(request) : Optional.empty();
    }
}
