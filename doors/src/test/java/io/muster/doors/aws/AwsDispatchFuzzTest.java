package io.muster.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.door.Admitted;
import io.muster.core.door.ConnectionRequest;
import io.muster.core.telemetry.Message;
import io.muster.doors.mqtt.Departure;
import io.muster.doors.mqtt.Grant;
import io.muster.doors.mqtt.MqttGuest;
import io.muster.doors.mqtt.MqttMessage;
import io.muster.doors.mqtt.Receipt;
import io.muster.doors.mqtt.Seat;
import io.muster.doors.testkit.HeardReplies;
import io.muster.doors.testkit.ObedientReception;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Whatever topic and payload come from whoever was let in: the first line is the topic or the filter, the rest is the
/// payload. Nothing is thrown, and nobody gets further than his own topics.
class AwsDispatchFuzzTest {

    private static final Name LINE_1 = new Name("line-1");
    private static final String OWN = "t/dev-pump-1/";

    private static final ConnectionRequest CONNECTION =
            new ConnectionRequest("aws-mqtt", Optional.empty(), "c-1", List.of(), "127.0.0.1");

    @FuzzTest(maxDuration = "1m")
    void a_claim_asks_for_three_things_and_is_answered_where_it_asked(byte[] data) {
        ObedientPorts ports = new ObedientPorts();
        HeardReplies replies = new HeardReplies();
        Admitted.Claimant claimant = (Admitted.Claimant) ObedientPorts.CLAIMANT;
        MqttGuest guest = new ClaimGuest(
                new Provisioning(ports, new ObedientReception()),
                new Caller(CONNECTION, claimant),
                new Seat(ends -> ports.stay(claimant, ends)));
        MqttMessage message = message(data);
        Receipt receipt = guest.publish(message, replies);
        Optional<AwsTopic> topic = AwsTopic.parse(message.topic());

        if (receipt instanceof Receipt.Taken) {
            assertThat(topic).isPresent();
            assertThat(replies.topics())
                    .singleElement()
                    .isIn(topic.get().accepted(), topic.get().rejected());
        } else {
            assertThat(replies.topics()).isEmpty();
            assertThat(ports.creations).isEmpty();
            assertThat(ports.registrations).isEmpty();
        }
        assertThat(ports.registrations)
                .allSatisfy(it -> assertThat(it.template()).isEqualTo(LINE_1));
        if (guest.subscribe(message.topic(), 1, replies) instanceof Grant.Granted) {
            assertThat(AnswerFilter.parse(message.topic(), LINE_1)).isEqualTo(AnswerFilter.OWN);
        }
        guest.left(Departure.LOST);
    }

    @FuzzTest(maxDuration = "1m")
    void a_device_is_heard_under_its_own_topics_and_nowhere_else(byte[] data) {
        ObedientPorts ports = new ObedientPorts();
        HeardReplies replies = new HeardReplies();
        Admitted.Known known = (Admitted.Known) ObedientPorts.known();
        MqttGuest guest = new DeviceGuest(
                known,
                ports,
                new ObedientReception(),
                CONNECTION,
                new Seat(ends -> ports.stay(known, ends)),
                InstantSource.fixed(Instant.EPOCH));
        MqttMessage message = message(data);
        boolean taken = guest.publish(message, replies) instanceof Receipt.Taken;

        assertThat(taken).isEqualTo(message.topic().startsWith(OWN));
        assertThat(ports.messages).hasSize(taken ? 1 : 0);
        assertThat(ports.messages).extracting(Message::topic).allSatisfy(it -> assertThat(it)
                .isEqualTo(message.topic()));
        if (guest.subscribe(message.topic(), 1, replies) instanceof Grant.Granted) {
            assertThat(message.topic()).startsWith(OWN);
        }
        assertThat(replies.topics()).isEmpty();
        guest.left(Departure.LOST);
    }

    private static MqttMessage message(byte[] data) {
        int end = 0;
        while (end < data.length && data[end] != '\n') {
            end++;
        }
        String topic = new String(data, 0, end, StandardCharsets.UTF_8);
        byte[] payload = end < data.length ? Arrays.copyOfRange(data, end + 1, data.length) : new byte[0];
        return new MqttMessage(topic, Bytes.of(payload), 1, false);
    }
}
