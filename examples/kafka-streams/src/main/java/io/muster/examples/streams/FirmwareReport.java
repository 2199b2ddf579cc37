package io.muster.examples.streams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Joined;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.jspecify.annotations.Nullable;

/// Puts the firmware that a device has now beside each of its messages, and counts messages by device type and
/// firmware.
///
/// A message carries what its device was when it connected. The topic of devices says what it is now: a device that
/// enrolled again with a new firmware counts with it at once, while its connection is as old as before. What comes of a
/// device that is not there any more goes aside.
///
/// Both topics have the same key, the device's `subject`, and must have as many partitions: so no record has to move.
final class FirmwareReport {

    static final String TELEMETRY = "muster.telemetry";
    static final String DEVICES = "muster.devices";
    static final String WITH_FIRMWARE = "report.with-firmware";
    static final String WITHOUT_DEVICE = "report.without-device";
    static final String COUNTS = "report.counts";

    private static final String UNKNOWN = "unknown";

    private FirmwareReport() {}

    static Topology topology() {
        JsonSerde json = new JsonSerde();
        StreamsBuilder builder = new StreamsBuilder();
        KTable<String, JsonNode> devices = builder.table(DEVICES, Consumed.with(Serdes.String(), json));
        KStream<String, JsonNode> joined = builder.stream(TELEMETRY, Consumed.with(Serdes.String(), json))
                .leftJoin(devices, FirmwareReport::beside, Joined.with(Serdes.String(), json, json));
        joined.split(Named.as("known-"))
                .branch(
                        (subject, message) -> message.has("device"),
                        Branched.withConsumer(known -> report(known, json)))
                .defaultBranch(
                        Branched.withConsumer(gone -> gone.to(WITHOUT_DEVICE, Produced.with(Serdes.String(), json))));
        return builder.build();
    }

    private static void report(KStream<String, JsonNode> known, JsonSerde json) {
        known.to(WITH_FIRMWARE, Produced.with(Serdes.String(), json));
        known.groupBy((subject, message) -> kind(message), Grouped.with(Serdes.String(), json))
                .count(Materialized.with(Serdes.String(), Serdes.Long()))
                .toStream()
                .to(COUNTS, Produced.with(Serdes.String(), Serdes.Long()));
    }

    /// @param device null where the topic of devices has none of that subject, or a tombstone
    private static JsonNode beside(JsonNode message, @Nullable JsonNode device) {
        ObjectNode both = JsonNodeFactory.instance.objectNode();
        both.set("message", message);
        if (device != null && !device.isNull()) {
            both.putObject("device")
                    .put("deviceId", device.path("deviceId").asText())
                    .put("type", device.path("type").asText(UNKNOWN))
                    .put("firmware", device.at("/facts/firmware").asText(UNKNOWN))
                    .put("region", device.path("region").asText())
                    .put("hub", device.path("hub").asText());
        }
        return both;
    }

    private static String kind(JsonNode message) {
        return message.at("/device/type").asText() + " "
                + message.at("/device/firmware").asText();
    }
}
