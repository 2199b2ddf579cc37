package io.muster.doors.dps;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.muster.core.device.Bytes;
import io.muster.core.device.RegistrationId;
import io.muster.doors.listener.TlsPeer;
import io.muster.doors.mqtt.Departure;
import io.muster.doors.mqtt.Grant;
import io.muster.doors.mqtt.MqttMessage;
import io.muster.doors.mqtt.Receipt;
import io.muster.doors.testkit.HeardReplies;
import io.muster.doors.testkit.ObedientReception;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Whatever topic and payload come from a device that was let in: the first line is the topic or the filter, the rest
/// is the payload. Nothing is thrown, what is answered goes below the topic of answers, and who asks is who connected.
class DpsDispatchFuzzTest {

    private static final DpsUserName NAME = DpsUserName.parse("acme/registrations/pump-1/api-version=2019-03-31")
            .orElseThrow();
    private static final TlsPeer PEER =
            new TlsPeer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), List.of(), Optional.empty());

    @FuzzTest(maxDuration = "1m")
    void any_message_is_answered_once_or_denied(byte[] data) {
        ObedientReception reception = new ObedientReception();
        HeardReplies replies = new HeardReplies();
        DpsCall greeting = new DpsCall(
                "dps-mqtt",
                new DpsPath.LookUp(NAME.scope(), NAME.registrationId()),
                NAME.version(),
                Optional.of("SharedAccessSignature sr=acme%2Fregistrations%2Fpump-1&sig=AAAA&se=1&skn=registration"),
                DpsCall.NO_BODY,
                PEER);
        DpsGuest guest = new DpsGuest(new Registrations(reception, InstantSource.fixed(Instant.EPOCH)), greeting, NAME);
        int end = end(data);
        String topic = new String(data, 0, end, StandardCharsets.UTF_8);
        byte[] payload = end < data.length ? Arrays.copyOfRange(data, end + 1, data.length) : new byte[0];

        boolean taken =
                guest.publish(new MqttMessage(topic, Bytes.of(payload), 1, false), replies) instanceof Receipt.Taken;
        assertThat(replies.topics()).hasSize(taken ? 1 : 0).allSatisfy(it -> assertThat(it)
                .matches("\\$dps/registrations/res/[0-9]{3}/\\?\\$rid=[!-.0-~]+"));
        assertThat(reception.asked()).allSatisfy(it -> {
            assertThat(it.scope()).contains("acme");
            assertThat(it.registrationId())
                    .isEqualTo(RegistrationId.parse("pump-1").orElseThrow());
        });
        if (guest.subscribe(topic, 1, replies) instanceof Grant.Granted) {
            assertThat(topic).isEqualTo(DpsTopic.ANSWERS);
        }
        guest.left(Departure.LOST);
    }

    private static int end(byte[] data) {
        int end = 0;
        while (end < data.length && data[end] != '\n') {
            end++;
        }
        return end;
    }
}
