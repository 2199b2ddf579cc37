package io.muster.fleet.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Reads one topic, all of its partitions, and commits nothing. Used by a single thread.
public final class TopicReader implements AutoCloseable {

    private static final Duration A_MOMENT = Duration.ofMillis(20);

    /// @param value empty for a tombstone
    public record Found(String key, Optional<byte[]> value) {}

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;

    private TopicReader(KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions) {
        this.consumer = consumer;
        this.partitions = partitions;
    }

    /// From the first record on.
    public static TopicReader fromBeginning(String servers, String topic) {
        TopicReader reader = open(servers, topic);
        reader.consumer.seekToBeginning(reader.partitions);
        return reader;
    }

    /// Only what comes from now on.
    public static TopicReader fromNow(String servers, String topic) {
        TopicReader reader = open(servers, topic);
        reader.consumer.seekToEnd(reader.partitions);
        reader.partitions.forEach(reader.consumer::position);
        return reader;
    }

    private static TopicReader open(String servers, String topic) {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        servers,
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        10,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (PartitionInfo partition : consumer.partitionsFor(topic)) {
            partitions.add(new TopicPartition(topic, partition.partition()));
        }
        consumer.assign(partitions);
        return new TopicReader(consumer, List.copyOf(partitions));
    }

    /// What has come since the last look, after waiting a moment for it.
    public void look(Consumer<Found> each) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(A_MOMENT)) {
            each.accept(new Found(record.key(), Optional.ofNullable(record.value())));
        }
    }

    /// How many records were ever written, over all partitions; those that compaction removed, too.
    public long written() {
        return consumer.endOffsets(partitions).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
