package io.muster.server.settings;

import io.muster.core.device.Name;
import io.muster.outlets.hono.Access;
import io.muster.outlets.http.Peer;
import io.muster.outlets.mqtt.Broker;
import io.muster.outlets.mqtt.Publication;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// Another system that is told what happens to devices.
public sealed interface SinkSettings {

    Name name();

    /// The word for its kind, as it is set.
    String kind();

    /// One that keeps what devices say, too, where a route leads there.
    sealed interface Keeper extends SinkSettings {}

    /// @param folder where the files lie; a folder for each node
    /// @param largest bytes after which a file is full
    record File(Name name, Path folder, long largest) implements Keeper {
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
            implements Keeper {
        @Override
        public String kind() {
            return "kafka";
        }
    }

    /// @param secrets the file of the signing secrets
    record Webhook(Name name, URI url, Path secrets, Peer peer) implements SinkSettings {
        @Override
        public String kind() {
            return "webhook";
        }
    }

    record Mqtt(Name name, Broker broker, Publication publication) implements SinkSettings {
        @Override
        public String kind() {
            return "mqtt";
        }
    }

    /// @param tenants whose devices the registry holds; empty for all
    record Hono(Name name, URI url, Access access, Set<Name> tenants, Peer peer) implements SinkSettings {
        public Hono {
            tenants = Set.copyOf(tenants);
        }

        @Override
        public String kind() {
            return "hono";
        }
    }
}
