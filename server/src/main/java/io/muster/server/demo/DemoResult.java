package io.muster.server.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.fleet.run.FleetSummary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the demo saw.
///
/// @param first every device once
/// @param second some of them again
/// @param gates those that came for a certificate
/// @param things those that came with a claim
/// @param boards what each board with a TPM said
/// @param duplicates devices beyond those that exist; must be 0
/// @param places devices by region and hub
/// @param accepted the decision on a device, in words
/// @param refused the decision on the impostor, in words
/// @param said what devices said at their hubs, where they could
/// @param kafka where a broker holds it, in words; empty where none does
record DemoResult(
        String tenant,
        FleetSummary first,
        FleetSummary second,
        Gates.Seen gates,
        FleetSummary things,
        List<String> boards,
        long duplicates,
        Map<String, Long> places,
        String accepted,
        String refused,
        DemoPlaces where,
        Optional<Saying.Said> said,
        Optional<String> kafka) {

    private static final int MOST_TROUBLES = 5;

    DemoResult {
        places = Map.copyOf(places);
        boards = List.copyOf(boards);
    }

    /// Whether every device ended as it should.
    boolean clean() {
        return refusedDevices() == 0
                && lost() == 0
                && duplicateDevices() == 0
                && enrolled() == devices()
                && gates.renewed().reenrolled() == gates.enrolled().enrolled()
                && said.map(it -> it.troubles().isEmpty() && it.whole().lost() == 0)
                        .orElse(true);
    }

    private long devices() {
        return first.devices() + gates.enrolled().devices() + things.devices();
    }

    private long enrolled() {
        return first.enrolled() + first.reenrolled() + gates.enrolled().enrolled() + things.enrolled();
    }

    private long reenrolled() {
        return first.reenrolled() + second.reenrolled();
    }

    private long refusedDevices() {
        return summaries().mapToLong(FleetSummary::refused).sum();
    }

    private long lost() {
        return summaries().mapToLong(FleetSummary::lost).sum();
    }

    private long duplicateDevices() {
        return duplicates + summaries().mapToLong(FleetSummary::duplicates).sum();
    }

    private Stream<FleetSummary> summaries() {
        return Stream.of(first, second, gates.enrolled(), gates.renewed(), things);
    }

    String inJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("devices", devices());
        json.put("enrolled", enrolled());
        json.put("reenrolled", reenrolled());
        json.put("certificates", gates.enrolled().enrolled());
        json.put("renewed", gates.renewed().reenrolled());
        json.put("things", things.enrolled());
        json.put("boards", boards.size());
        json.put("refused", refusedDevices());
        json.put("lost", lost());
        json.put("duplicates", duplicateDevices());
        said.ifPresent(it -> {
            json.put("messages", it.whole().acknowledged());
            json.put("messagesReceived", it.whole().received());
            json.put("messagesAttributed", it.whole().attributed());
            json.put("messagesLost", it.whole().lost());
        });
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

                %,d of %,d devices enrolled. Those over DPS took %.1f s: %,.0f a second, half of them within %.0f ms, 99 %% within
                %.0f ms. %,d got a certificate by a one-time token, over EST, and %,d of these renewed it.
                %,d came with the claim of their production line, over MQTT, and became things with certificates of their own.
                %,d came again and were recognized. Refused: %,d. Lost: %,d. Duplicates: %,d.

                %s
                Devices by region and hub
                %s

                %s

                A device that was accepted
                %s

                A device that was refused
                %s

                Where things lie
                %s

                Onboard a device of your own: paste this into another terminal
                %s

                Get a certificate for one, over EST: paste this
                %s
                """.formatted(
                        enrolled(),
                        devices(),
                        first.seconds(),
                        first.perSecond(),
                        first.p50Millis(),
                        first.p99Millis(),
                        gates.enrolled().enrolled(),
                        gates.renewed().reenrolled(),
                        things.enrolled(),
                        reenrolled(),
                        refusedDevices(),
                        lost(),
                        duplicateDevices(),
                        told(),
                        table(),
                        saidInWords(),
                        indented(accepted),
                        indented(refused),
                        indented(where.inWords()),
                        indented(where.paste(tenant)),
                        indented(where.pasteEst(tenant)));
    }

    private String told() {
        return boards.isEmpty() ? "" : "Boards proved by their TPM\n" + indented(String.join("\n", boards)) + "\n";
    }

    private String table() {
        return places.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> "  %-12s %,8d".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private String saidInWords() {
        return said.map(it -> {
                    String rows = it.rows().entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(row -> line(row.getKey(), row.getValue()))
                            .collect(Collectors.joining("\n"));
                    String troubles = it.troubles().stream()
                            .limit(MOST_TROUBLES)
                            .map(trouble -> "\n  " + trouble)
                            .collect(Collectors.joining());
                    return "Messages by region and type, counted out of "
                            + kafka.map(place -> "Kafka at " + place).orElse("the file of telemetry") + "\n"
                            + rows + "\n" + line("all", it.whole()) + troubles;
                })
                .orElse("No messages: there is no port for MQTT.");
    }

    private static String line(String place, Saying.Row row) {
        return "  %-14s %,8d devices  %,8d acknowledged  %,8d received  %,8d attributed  %,d lost"
                .formatted(place, row.devices(), row.acknowledged(), row.received(), row.attributed(), row.lost());
    }

    private static String indented(String text) {
        return text.lines().map(line -> "  " + line).collect(Collectors.joining("\n"));
    }
}
