package io.muster.server.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a customer finds in the folder of a sink of files. It knows the lines and nothing else.
public final class EventFiles {

    private final List<JsonNode> events = new ArrayList<>();

    private EventFiles() {}

    /// Reads a folder in the order in which its files were written: the full ones by their names, then the newest.
    public static EventFiles in(Path folder) {
        EventFiles files = new EventFiles();
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> ordered = all.filter(path -> path.toString().endsWith(".ndjson"))
                    .sorted(Comparator.comparing((Path path) -> path.endsWith("events.ndjson"))
                            .thenComparing(Path::toString))
                    .toList();
            for (Path file : ordered) {
                files.read(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private void read(Path file) throws IOException {
        ObjectMapper json = new ObjectMapper();
        for (String line : Files.readAllLines(file)) {
            events.add(json.readTree(line));
        }
    }

    public List<JsonNode> events() {
        return events;
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
