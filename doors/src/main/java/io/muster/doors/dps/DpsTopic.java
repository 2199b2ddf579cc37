package io.muster.doors.dps;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A topic on which a device asks for something; `rid` is the number that it wants to see in the answer's topic.
sealed interface DpsTopic {

    String rid();

    record Register(String rid) implements DpsTopic {}

    record Status(String rid, String operationId) implements DpsTopic {}

    String REGISTER = "$dps/registrations/PUT/iotdps-register/?";
    String STATUS = "$dps/registrations/GET/iotdps-get-operationstatus/?";

    /// The one filter to which answers match.
    String ANSWERS = "$dps/registrations/res/#";

    /// Empty when it is none of the two, lacks a parameter that it needs, or repeats one.
    static Optional<DpsTopic> parse(String topic) {
        if (topic.startsWith(REGISTER)) {
            return parameters(topic.substring(REGISTER.length()))
                    .map(named -> new Register(named.getOrDefault("$rid", "")))
                    .filter(asked -> !asked.rid().isEmpty())
                    .map(DpsTopic.class::cast);
        }
        if (topic.startsWith(STATUS)) {
            return parameters(topic.substring(STATUS.length()))
                    .map(named -> new Status(named.getOrDefault("$rid", ""), named.getOrDefault("operationId", "")))
                    .filter(asked ->
                            !asked.rid().isEmpty() && !asked.operationId().isEmpty())
                    .map(DpsTopic.class::cast);
        }
        return Optional.empty();
    }

    private static Optional<Map<String, String>> parameters(String query) {
        Map<String, String> named = new LinkedHashMap<>();
        for (String part : query.split("&", -1)) {
            int equals = part.indexOf('=');
            String value = part.substring(equals + 1);
            if (equals < 1 || !printable(value) || named.putIfAbsent(part.substring(0, equals), value) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(named);
    }

    /// It comes back in a topic of ours.
    private static boolean printable(String value) {
        return !value.isEmpty() && value.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '/');
    }

    /// Where the answer goes. The Java SDK never finds the number anywhere but in front.
    default String answer(DpsReply reply) {
        String retry = reply.retryAfter().isPresent()
                ? "&retry-after=" + reply.retryAfter().getAsLong()
                : "";
        return "$dps/registrations/res/" + reply.status() + "/?$rid=" + rid() + retry;
    }
}
