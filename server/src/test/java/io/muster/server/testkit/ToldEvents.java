package io.muster.server.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.fleet.kafka.TopicReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// What a customer was told by a sink. It knows the events as they were written, and nothing else.
public final class ToldEvents {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST_READING = Duration.ofMinutes(2);

    private final List<JsonNode> events = new ArrayList<>();

    private ToldEvents() {}

    /// Reads the folder of a sink of files in the order in which they were written: the full ones by their names, then
    /// the newest.
    public static ToldEvents inFolder(Path folder) {
        ToldEvents told = new ToldEvents();
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> ordered = all.filter(path -> path.toString().endsWith(".ndjson"))
                    .sorted(Comparator.comparing((Path path) -> path.endsWith("events.ndjson"))
                            .thenComparing(Path::toString))
                    .toList();
            for (Path file : ordered) {
                told.read(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return told;
    }

    /// Reads a topic from its beginning to what was its end just now, of each partition in its order.
    public static ToldEvents inTopic(String servers, String topic) {
        ToldEvents told = new ToldEvents();
        try (TopicReader reader = TopicReader.fromBeginning(servers, topic)) {
            long all = reader.written();
            Awaitility.await().atMost(LONGEST_READING).until(() -> {
                reader.look(found -> told.read(found.value().orElseThrow()));
                return told.events.size() >= all;
            });
        }
        return told;
    }

    private void read(Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            events.add(JSON.readTree(line));
        }
    }

    private void read(byte[] event) {
        try {
            events.add(JSON.readTree(event));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<JsonNode> events() {
        return events;
    }

    /// Their ids as the ledger spells them.
    public Set<String> ids() {
        Set<String> ids = new TreeSet<>();
        byId().keySet().forEach(id -> ids.add(id.replace("-", "")));
        return ids;
    }

    /// By id; of events that stand there twice, the first.
    public Map<String, JsonNode> byId() {
        Map<String, JsonNode> byId = new TreeMap<>();
        events.forEach(event -> byId.putIfAbsent(event.path("id").asText(), event));
        return byId;
    }

    /// What must never be: an id that stands for two different events, or an event that came, for the first time, after
    /// a later one of its device.
    public List<String> faults() {
        Map<String, JsonNode> seen = new HashMap<>();
        Map<String, Long> newest = new HashMap<>();
        List<String> faults = new ArrayList<>();
        for (JsonNode event : events) {
            String id = event.path("id").asText();
            JsonNode before = seen.putIfAbsent(id, event);
            if (before != null && !before.equals(event)) {
                faults.add(id + " stands for two events");
            }
            long version = event.path("data").path("version").asLong();
            long last = newest.merge(event.path("subject").asText(), version, Math::max);
            if (before == null && version < last) {
                faults.add(id + " came after version " + last);
            }
        }
        return faults;
    }
}
