package io.muster.server.settings;

import io.muster.core.device.Name;
import java.nio.file.Path;
import java.util.Optional;

/// Another system that is told what happens to devices, and what they say where a route leads there.
public sealed interface SinkSettings {

    Name name();

    /// The word for its kind, as it is set.
    String kind();

    /// @param folder where the files lie; a folder for each node
    /// @param largest bytes after which a file is full
    record File(Name name, Path folder, long largest) implements SinkSettings {
        @Override
        public String kind() {
            return "file";
        }
    }

    /// @param servers where a cluster is found, `host:port` and more of them after commas
    /// @param properties a file with more settings of the client: secrets are there and nowhere else
    record Kafka(
            Name name,
            String servers,
            String eventsTopic,
            String devicesTopic,
            String telemetryTopic,
            Optional<Path> properties)
            implements SinkSettings {
        @Override
        public String kind() {
            return "kafka";
        }
    }
}
