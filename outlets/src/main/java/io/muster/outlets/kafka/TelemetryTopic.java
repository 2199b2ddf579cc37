package io.muster.outlets.kafka;

import io.muster.core.device.Name;
import io.muster.core.ledger.SinkUnavailable;
import io.muster.core.telemetry.Outgoing;
import io.muster.core.telemetry.TelemetrySink;
import io.muster.core.telemetry.TelemetryUnavailable;
import io.muster.outlets.event.EventJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// A topic of messages, keyed by the device. A message counts when all replicas in sync have it.
public final class TelemetryTopic implements TelemetrySink, AutoCloseable {

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    /// After a failure nobody waits for the same again: meanwhile messages are refused at once.
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /// Some hundred messages in one request: what one core can take must not drown in requests.
    private static final int BATCH_BYTES = 128 * 1024;

    private static final Header CLOUD_EVENT =
            new RecordHeader("content-type", EventJson.MEDIA_TYPE.getBytes(StandardCharsets.UTF_8));

    private final Name name;
    private final String topic;
    private final Map<String, Object> settings;
    private final ReentrantLock opening = new ReentrantLock();
    private final AtomicReference<@Nullable KafkaProducer<byte[], byte[]>> producer = new AtomicReference<>();
    private volatile long failedAt = System.nanoTime() - PAUSE.toNanos();

    private TelemetryTopic(Name name, String topic, Map<String, Object> settings) {
        this.name = name;
        this.topic = topic;
        this.settings = settings;
    }

    /// Connects with the first message, not now: whether the cluster can be reached is no matter of a start.
    ///
    /// @param name  of the sink
    /// @param topic its name; it is made where it is missing
    public static TelemetryTopic of(Name name, String topic, ClientSettings client) {
        Map<String, Object> settings = client.ofProducer();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "muster-telemetry-" + name);
        settings.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        return new TelemetryTopic(name, topic, settings);
    }

    @Override
    public Name name() {
        return name;
    }

    @Override
    public Delivery begin(Outgoing message) {
        byte[] key = message.message().from().id().toString().getBytes(StandardCharsets.UTF_8);
        var record = new ProducerRecord<>(topic, key, message.event().toArray());
        record.headers().add(CLOUD_EVENT);
        CompletableFuture<Optional<String>> kept = new CompletableFuture<>();
        KafkaProducer<byte[], byte[]> open = open();
        try {
            var _ = open.send(record, (_, failure) -> answered(open, kept, failure));
        } catch (KafkaException | IllegalStateException e) {
            giveUp(open);
            throw unavailable(e);
        }
        return () -> await(kept);
    }

    private void answered(
            KafkaProducer<byte[], byte[]> open, CompletableFuture<Optional<String>> kept, @Nullable Exception failure) {
        switch (failure) {
            case null -> kept.complete(Optional.empty());
            case RecordTooLargeException _ -> kept.complete(Optional.of("it is larger than Kafka takes"));
            default -> {
                kept.completeExceptionally(failure);
                giveUp(open);
            }
        }
    }

    private static Optional<String> await(CompletableFuture<Optional<String>> kept) {
        try {
            return kept.join();
        } catch (CompletionException e) {
            throw unavailable(e.getCause() == null ? e : e.getCause());
        }
    }

    private KafkaProducer<byte[], byte[]> open() {
        KafkaProducer<byte[], byte[]> open = producer.get();
        if (open != null) {
            return open;
        }
        opening.lock();
        try {
            open = producer.get();
            if (open == null) {
                open = connect();
                producer.set(open);
            }
            return open;
        } finally {
            opening.unlock();
        }
    }

    private KafkaProducer<byte[], byte[]> connect() {
        if (System.nanoTime() - failedAt < PAUSE.toNanos()) {
            throw new TelemetryUnavailable("Kafka did not take a message a moment ago.");
        }
        try {
            Topics.makeMissing(settings, topic);
            return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        } catch (SinkUnavailable | KafkaException e) {
            failedAt = System.nanoTime();
            throw unavailable(e);
        }
    }

    /// A client can be past mending, and what it still holds would only be late: its devices send it again.
    private void giveUp(KafkaProducer<byte[], byte[]> open) {
        if (producer.compareAndSet(open, null)) {
            failedAt = System.nanoTime();
            open.close(Duration.ZERO);
        }
    }

    /// What Kafka says of itself names no device: it does not read what it carries.
    private static TelemetryUnavailable unavailable(Throwable cause) {
        return new TelemetryUnavailable("Kafka did not take a message: " + cause.getMessage(), cause);
    }

    /// What is under way has failed by then, or is there.
    @Override
    public void close() {
        KafkaProducer<byte[], byte[]> open = producer.get();
        if (open != null) {
            open.close(LONGEST_CLOSE);
        }
    }
}
