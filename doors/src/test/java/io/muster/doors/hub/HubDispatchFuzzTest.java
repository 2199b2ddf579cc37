package io.muster.doors.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.muster.core.device.Bytes;
import io.muster.core.door.Admitted;
import io.muster.core.door.HubRequest;
import io.muster.core.permission.Rights;
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
import java.util.List;
import java.util.Optional;

/// Whatever user name, topic or bag of properties comes: nothing is thrown, and nobody gets further than his own
/// topics.
class HubDispatchFuzzTest {

    private static final String OWN = "devices/dev-pump-1/messages/events/";

    @FuzzTest(maxDuration = "1m")
    void a_user_name_is_a_device_at_a_host_or_none(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        AzureUserName.parse(text).ifPresent(name -> {
            assertThat(text).startsWith(name.host() + "/" + name.deviceId() + "/");
            assertThat(name.host()).isNotEmpty().doesNotContain("/");
            assertThat(name.deviceId()).isNotEmpty().doesNotContain("/");
        });
        PlainUserName.parse(text)
                .ifPresent(name -> assertThat(name.scope().map(it -> it + "/").orElse("") + name.id())
                        .isEqualTo(text));
    }

    @FuzzTest(maxDuration = "1m")
    void a_bag_is_read_within_its_bounds_or_not_at_all(byte[] data) {
        PropertyBag.parse(new String(data, StandardCharsets.UTF_8)).ifPresent(bag -> {
            assertThat(bag.properties()).hasSizeLessThanOrEqualTo(PropertyBag.MAX_PROPERTIES);
            assertThat(bag.properties()).doesNotContainKey("");
        });
    }

    @FuzzTest(maxDuration = "1m")
    void a_device_is_heard_under_its_own_name_and_nowhere_else(byte[] data) {
        ObedientHub hub = new ObedientHub();
        HeardReplies replies = new HeardReplies();
        Admitted.Known known = ObedientHub.known(new Rights.HubTopics("dev-pump-1"));
        HubRequest request = new HubRequest(
                "hub-azure-mqtt",
                Optional.empty(),
                Optional.of("hub"),
                "dev-pump-1",
                "dev-pump-1",
                new HubRequest.Shown.Certificate(List.of()),
                "127.0.0.1");
        Voice voice = new Voice(known, request, hub, new ObedientReception(), InstantSource.fixed(Instant.EPOCH));
        MqttGuest guest = new AzureGuest(voice, new Seat(ends -> hub.stay(known, ends)));
        String topic = new String(data, StandardCharsets.UTF_8);
        boolean taken =
                guest.publish(new MqttMessage(topic, Bytes.of(data), 1, false), replies) instanceof Receipt.Taken;
        boolean twin = topic.startsWith("$iothub/twin/");

        assertThat(hub.messages).hasSize(taken && !twin ? 1 : 0);
        assertThat(taken && !twin).isEqualTo(!hub.messages.isEmpty());
        assertThat(hub.messages).allSatisfy(it -> assertThat(it.topic()).startsWith(OWN));
        assertThat(replies.topics()).allSatisfy(it -> assertThat(it).startsWith("$iothub/twin/res/501/?$rid="));
        if (guest.subscribe(topic, 1, replies) instanceof Grant.Granted) {
            assertThat(topic).satisfiesAnyOf(it -> assertThat(it).startsWith("$iothub/"), it -> assertThat(it)
                    .startsWith("devices/dev-pump-1/"));
        }
        guest.left(Departure.LOST);
    }
}
