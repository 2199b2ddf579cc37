package io.muster.outlets.kafka;

import io.muster.core.ledger.Event;
import io.muster.core.ledger.Sink;
import io.muster.core.ledger.SinkUnavailable;
import io.muster.outlets.event.EventJson;
import io.muster.outlets.event.Waves;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// A sink of two topics, both keyed by the device: all events, and a compacted one in which the newest record of a
/// device is the device as it is. An event counts when all replicas in sync have both of its records.
public final class EventTopics implements Sink, AutoCloseable {

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);
    private static final Header CLOUD_EVENT = header(EventJson.MEDIA_TYPE);
    private static final Header JSON = header("application/json");

    private record Sent(Event event, List<Future<RecordMetadata>> records) {}

    private final Topics topics;
    private final Map<String, Object> settings;
    private final EventJson form = new EventJson();
    private Optional<KafkaProducer<byte[], byte[]>> producer = Optional.empty();

    private EventTopics(Topics topics, Map<String, Object> settings) {
        this.topics = topics;
        this.settings = settings;
    }

    /// Connects with the first event, not now: whether the cluster can be reached is no matter of a start.
    ///
    /// @param topics   their names
    /// @param settings of Kafka's client
    public static EventTopics of(Topics topics, ClientSettings settings) {
        return new EventTopics(topics, settings.ofProducer());
    }

    @Override
    public List<Poison> deliver(List<Event> events) {
        try {
            List<Poison> refused = new ArrayList<>();
            for (List<Event> wave : Waves.of(events)) {
                refused.addAll(deliverWave(wave));
            }
            return refused;
        } catch (KafkaException e) {
            giveUp();
            throw unavailable(e);
        } catch (SinkUnavailable e) {
            giveUp();
            throw e;
        }
    }

    /// Nothing of what failed may still be on its way when the same is told again; and a client can be past mending.
    private void giveUp() {
        producer.ifPresent(open -> open.close(Duration.ZERO));
        producer = Optional.empty();
    }

    /// The next wave goes out when this one is there: of two records of a device the first cannot fail after the
    /// second arrived.
    private List<Poison> deliverWave(List<Event> wave) {
        KafkaProducer<byte[], byte[]> open = producer();
        List<Sent> sent = new ArrayList<>();
        for (Event event : wave) {
            sent.add(new Sent(event, List.of(open.send(event(event)), open.send(device(event)))));
        }
        open.flush();
        List<Poison> refused = new ArrayList<>();
        for (Sent each : sent) {
            refusal(each).ifPresent(refused::add);
        }
        return refused;
    }

    private KafkaProducer<byte[], byte[]> producer() {
        if (producer.isEmpty()) {
            topics.make(settings);
            producer = Optional.of(new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
        }
        return producer.get();
    }

    private ProducerRecord<byte[], byte[]> event(Event event) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topics.events(), key(event), form.of(event));
        record.headers().add(CLOUD_EVENT);
        return record;
    }

    /// Of a device that is out of service for good nothing is left but a record without a value, which compaction
    /// removes in the end.
    private ProducerRecord<byte[], byte[]> device(Event event) {
        return switch (event) {
            case Event.Changed changed
            when changed.type() != Event.Type.DECOMMISSIONED -> {
                var record = new ProducerRecord<>(topics.devices(), key(event), form.device(changed));
                record.headers().add(JSON);
                yield record;
            }
            case Event.Changed gone -> new ProducerRecord<byte[], byte[]>(topics.devices(), key(gone), null);
            case Event.Erased erased -> new ProducerRecord<byte[], byte[]>(topics.devices(), key(erased), null);
        };
    }

    private static byte[] key(Event event) {
        return event.device().toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<Poison> refusal(Sent sent) {
        Optional<Poison> refusal = Optional.empty();
        for (Future<RecordMetadata> record : sent.records()) {
            try {
                record.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RecordTooLargeException)) {
                    throw unavailable(e.getCause() == null ? e : e.getCause());
                }
                refusal = Optional.of(new Poison(sent.event(), "it is larger than Kafka takes"));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unavailable(e);
            }
        }
        return refusal;
    }

    /// What Kafka says of itself names no device: it does not read what it carries.
    private static SinkUnavailable unavailable(Throwable cause) {
        return new SinkUnavailable("Kafka did not take an event: " + cause.getMessage(), cause);
    }

    private static Header header(String mediaType) {
        return new RecordHeader("content-type", mediaType.getBytes(StandardCharsets.UTF_8));
    }

    /// What is under way has failed by then, or is there.
    @Override
    public void close() {
        producer.ifPresent(open -> open.close(LONGEST_CLOSE));
    }
}
