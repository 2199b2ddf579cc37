package io.muster.server.house;

import io.muster.core.device.Name;
import io.muster.core.flow.Relay;
import io.muster.core.flow.RelayObserver;
import io.muster.core.ledger.Outbox;
import io.muster.core.ledger.Reconcilable;
import io.muster.core.ledger.Sink;
import io.muster.outlets.file.EventFile;
import io.muster.outlets.kafka.ClientSettings;
import io.muster.outlets.kafka.EventTopics;
import io.muster.outlets.kafka.Topics;
import io.muster.server.settings.SettingsException;
import io.muster.server.settings.SinkKey;
import io.muster.server.settings.SinkSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// The sinks, each with the relay that feeds it on a thread of its own.
final class SinkRoom implements AutoCloseable {

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

    private record Fed(Name name, Sink sink, Relay relay, Thread thread) {}

    private final Closing sinks = new Closing();
    private final List<Fed> relays = new ArrayList<>();

    private SinkRoom() {}

    static SinkRoom open(List<SinkSettings> settings, Outbox outbox, RelayObserver observer, InstantSource clock) {
        SinkRoom room = new SinkRoom();
        try {
            settings.forEach(each -> room.feed(each, outbox, observer, clock));
        } catch (RuntimeException e) {
            room.close();
            throw e;
        }
        return room;
    }

    private void feed(SinkSettings settings, Outbox outbox, RelayObserver observer, InstantSource clock) {
        Sink sink = sink(settings, clock);
        outbox.introduce(settings.name(), settings.kind());
        Relay relay = new Relay(outbox, settings.name(), sink, observer, new SplittableRandom());
        Thread thread = Thread.ofVirtual().name("sink-" + settings.name()).start(relay::run);
        relays.add(new Fed(settings.name(), sink, relay, thread));
    }

    private Sink sink(SinkSettings settings, InstantSource clock) {
        return switch (settings) {
            case SinkSettings.File file -> sinks.add(file(file, clock));
            case SinkSettings.Kafka kafka -> sinks.add(topics(kafka));
            case SinkSettings.Webhook webhook -> sinks.add(RemoteSinks.webhook(webhook, clock));
            case SinkSettings.Mqtt mqtt -> sinks.add(RemoteSinks.publisher(mqtt));
            case SinkSettings.Hono hono -> sinks.add(RemoteSinks.registry(hono, clock));
        };
    }

    private static EventFile file(SinkSettings.File settings, InstantSource clock) {
        try {
            return EventFile.open(settings.folder(), settings.largest(), clock);
        } catch (IOException e) {
            throw new SettingsException("Sink " + settings.name() + " cannot be written in " + settings.folder() + " ("
                    + e.getMessage() + "). Set "
                    + SinkKey.PATH.path().replace("NAME", settings.name().value())
                    + " to another folder.");
        }
    }

    private static EventTopics topics(SinkSettings.Kafka settings) {
        return EventTopics.of(new Topics(settings.eventsTopic(), settings.devicesTopic()), client(settings));
    }

    /// What Kafka's client is told.
    static ClientSettings client(SinkSettings.Kafka settings) {
        Properties more = new Properties();
        settings.properties().ifPresent(file -> load(settings, file, more));
        return new ClientSettings(settings.servers(), more);
    }

    private static void load(SinkSettings.Kafka settings, Path file, Properties into) {
        try (Reader text = Files.newBufferedReader(file)) {
            into.load(text);
        } catch (IOException | IllegalArgumentException e) {
            throw new SettingsException("The file " + file + " of sink " + settings.name() + " cannot be read as"
                    + " properties. Check "
                    + SinkKey.PROPERTIES.path().replace("NAME", settings.name().value())
                    + ".");
        }
    }

    /// The sink of that name, where it can be asked what it holds.
    Optional<Reconcilable> holder(Name name) {
        return relays.stream()
                .filter(fed -> fed.name().equals(name))
                .flatMap(fed -> fed.sink() instanceof Reconcilable holder ? Stream.of(holder) : Stream.empty())
                .findFirst();
    }

    /// Lets what is under way end. What is not delivered then is delivered by another node, or after the next start.
    @Override
    public void close() {
        relays.forEach(fed -> fed.relay().end());
        try {
            for (Fed fed : relays) {
                fed.thread().join(LONGEST_CLOSE);
            }
        } catch (InterruptedException ignored) {
            Thread.currentThread().interrupt();
        }
        sinks.close();
    }
}
