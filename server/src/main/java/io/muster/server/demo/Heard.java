package io.muster.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.fleet.kafka.TopicReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// What a sink holds of devices' messages, as whoever reads it sees it.
sealed interface Heard {

    /// Lines of files in a folder.
    record InFiles(Path folder) implements Heard {}

    /// A topic of Kafka.
    record InTopic(String servers, String topic) implements Heard {}

    /// @param received   messages of a device, each once
    /// @param attributed those that say the same name as the event around them
    record Count(long received, long attributed) {}

    Duration LONGEST = Duration.ofSeconds(30);

    /// Counts by registration id.
    ///
    /// @param expected so many messages are there; Kafka's consumer is asked until it has shown as many
    default Map<String, Count> counts(String tenant, long expected) {
        Tally tally = new Tally(tenant);
        switch (this) {
            case InFiles(Path folder) -> read(folder, tally);
            case InTopic(String servers, String topic) -> read(servers, topic, expected, tally);
        }
        return Map.copyOf(tally.counts);
    }

    private static void read(Path folder, Tally tally) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.filter(file -> file.getFileName().toString().startsWith("telemetry")
                            && file.toString().endsWith(".ndjson"))
                    .toList();
            for (Path file : all) {
                try (Stream<String> lines = Files.lines(file)) {
                    lines.forEach(line -> tally.accept(Tally.read(line)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(String servers, String topic, long expected, Tally tally) {
        long end = System.nanoTime() + LONGEST.toNanos();
        try (TopicReader reader = TopicReader.fromBeginning(servers, topic)) {
            while (tally.seen.size() < expected && System.nanoTime() < end) {
                reader.look(found -> found.value().map(Tally::read).ifPresent(tally));
            }
        }
    }

    /// Counts each message once: one that a device had to send again has another event, and says the same.
    final class Tally implements Consumer<JsonNode> {

        private static final ObjectMapper JSON = new ObjectMapper();

        private final String tenant;
        private final Set<String> seen = new HashSet<>();
        private final Map<String, Count> counts = new HashMap<>();

        private Tally(String tenant) {
            this.tenant = tenant;
        }

        private static JsonNode read(String line) {
            try {
                return JSON.readTree(line);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static JsonNode read(byte[] record) {
            try {
                return JSON.readTree(record);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void accept(JsonNode event) {
            JsonNode data = event.path("data");
            String from = data.at("/payload/from").asText();
            boolean counted = data.path("tenant").asText().equals(tenant) && !from.isEmpty();
            if (counted && seen.add(from + "/" + data.at("/payload/number").asText())) {
                boolean same = data.path("registrationId").asText().equals(from);
                counts.merge(
                        from,
                        new Count(1, same ? 1 : 0),
                        (one, other) ->
                                new Count(one.received() + other.received(), one.attributed() + other.attributed()));
            }
        }
    }
}
