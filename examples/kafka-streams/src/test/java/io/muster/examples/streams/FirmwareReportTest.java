package io.muster.examples.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// By Kafka's own driver for such jobs.
class FirmwareReportTest {

    private static final String PUMP = "0b6f2f6e-0000-4000-8000-000000000001";

    @AutoClose
    private final TopologyTestDriver driver = new TopologyTestDriver(FirmwareReport.topology(), settings());

    private final JsonSerde json = new JsonSerde();
    private final TestInputTopic<String, JsonNode> devices =
            driver.createInputTopic(FirmwareReport.DEVICES, new StringSerializer(), json.serializer());
    private final TestInputTopic<String, JsonNode> telemetry =
            driver.createInputTopic(FirmwareReport.TELEMETRY, new StringSerializer(), json.serializer());
    private final TestOutputTopic<String, JsonNode> known =
            driver.createOutputTopic(FirmwareReport.WITH_FIRMWARE, new StringDeserializer(), json.deserializer());
    private final TestOutputTopic<String, JsonNode> gone =
            driver.createOutputTopic(FirmwareReport.WITHOUT_DEVICE, new StringDeserializer(), json.deserializer());
    private final TestOutputTopic<String, Long> counts =
            driver.createOutputTopic(FirmwareReport.COUNTS, new StringDeserializer(), new LongDeserializer());

    private static Properties settings() {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        return settings;
    }

    @Test
    void a_message_counts_with_the_firmware_that_its_device_has_by_then() throws Exception {
        devices.pipeInput(PUMP, device("1.0"));
        telemetry.pipeInput(PUMP, message());
        devices.pipeInput(PUMP, device("2.0"));
        telemetry.pipeInput(PUMP, message());
        telemetry.pipeInput(PUMP, message());

        assertThat(known.readValuesToList())
                .extracting(each -> each.at("/device/firmware").asText())
                .containsExactly("1.0", "2.0", "2.0");
        assertThat(counts.readKeyValuesToMap()).isEqualTo(Map.of("pump 1.0", 1L, "pump 2.0", 2L));
    }

    @Test
    void a_message_of_a_device_that_is_gone_goes_aside() throws Exception {
        devices.pipeInput(PUMP, device("1.0"));
        devices.pipeInput(PUMP, null);
        telemetry.pipeInput(PUMP, message());

        assertThat(gone.readKeyValuesToMap()).containsOnlyKeys(PUMP);
        assertThat(known.isEmpty()).isTrue();
    }

    private static JsonNode device(String firmware) throws Exception {
        return read("{'version':1,'tenant':'acme','deviceId':'pump-1','type':'pump','region':'eu','hub':'eu-1',"
                + "'facts':{'firmware':'" + firmware + "'}}");
    }

    private static JsonNode message() throws Exception {
        return read("{'specversion':'1.0','type':'io.muster.telemetry','subject':'" + PUMP + "','data':{}}");
    }

    private static JsonNode read(String text) throws Exception {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }
}
