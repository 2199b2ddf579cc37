package io.muster.server.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.fleet.run.FleetSummary;
import java.util.Map;
import java.util.stream.Collectors;

/// What the demo saw.
///
/// @param first every device once
/// @param second some of them again
/// @param duplicates devices beyond those that exist; must be 0
/// @param places devices by region and hub
/// @param accepted the decision on a device, in words
/// @param refused the decision on the impostor, in words
record DemoResult(
        String tenant,
        FleetSummary first,
        FleetSummary second,
        long duplicates,
        Map<String, Long> places,
        String accepted,
        String refused,
        DemoPlaces where) {

    DemoResult {
        places = Map.copyOf(places);
    }

    /// Whether every device ended as it should.
    boolean clean() {
        return refusedDevices() == 0 && lost() == 0 && duplicateDevices() == 0 && enrolled() == first.devices();
    }

    private long enrolled() {
        return first.enrolled() + first.reenrolled();
    }

    private long reenrolled() {
        return first.reenrolled() + second.reenrolled();
    }

    private long refusedDevices() {
        return first.refused() + second.refused();
    }

    private long lost() {
        return first.lost() + second.lost();
    }

    private long duplicateDevices() {
        return duplicates + first.duplicates() + second.duplicates();
    }

    String inJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("devices", first.devices());
        json.put("enrolled", enrolled());
        json.put("reenrolled", reenrolled());
        json.put("refused", refusedDevices());
        json.put("lost", lost());
        json.put("duplicates", duplicateDevices());
        json.put("seconds", round(first.seconds()));
        json.put("perSecond", round(first.perSecond()));
        json.put("p50Millis", round(first.p50Millis()));
        json.put("p99Millis", round(first.p99Millis()));
        return json.toPrettyString();
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    String inWords() {
        return """

                %,d of %,d devices enrolled in %.1f s: %,.0f a second, half of them within %.0f ms, 99 %% within %.0f ms.
                %,d came again and were recognized. Refused: %,d. Lost: %,d. Duplicates: %,d.

                Devices by region and hub
                %s

                A device that was accepted
                %s

                A device that was refused
                %s

                Where things lie
                %s

                Onboard a device of your own: paste this into another terminal
                %s
                """.formatted(
                        enrolled(),
                        first.devices(),
                        first.seconds(),
                        first.perSecond(),
                        first.p50Millis(),
                        first.p99Millis(),
                        reenrolled(),
                        refusedDevices(),
                        lost(),
                        duplicateDevices(),
                        table(),
                        indented(accepted),
                        indented(refused),
                        indented(where.inWords()),
                        indented(where.paste(tenant)));
    }

    private String table() {
        return places.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> "  %-12s %,8d".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String indented(String text) {
        return text.lines().map(line -> "  " + line).collect(Collectors.joining("\n"));
    }
}
