package io.muster.doors.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.core.door.HubRequest.Shown;
import io.muster.core.door.Parting;
import io.muster.core.door.Refusal;
import io.muster.doors.testkit.MqttCaller;
import io.muster.doors.testkit.Packets;
import io.muster.doors.testkit.TestPki;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(ints = {4, 5})
class HubDoorTest {

    private static final TestPki.Holder CLIENT = TestPki.client("pump-1", 1);
    private static final String EVENTS = "devices/dev-pump-1/messages/events/";

    private final int level;
    private HubScene scene;

    HubDoorTest(int level) {
        this.level = level;
    }

    @BeforeEach
    void open() throws IOException {
        scene = HubScene.open(level);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void a_device_of_azures_names_its_hub_and_shows_a_token() throws Exception {
        try (MqttCaller caller = scene.reached().caller()) {
            assertThat(scene.code(caller, scene.azure())).isZero();
        }
        assertThat(scene.hub().requests).singleElement().satisfies(it -> {
            assertThat(it.door()).isEqualTo("hub-azure-mqtt");
            assertThat(it.host()).contains("hub.example.com");
            assertThat(it.deviceId()).isEqualTo("dev-pump-1");
            assertThat(it.clientId()).isEqualTo("dev-pump-1");
            assertThat(it.shown()).isEqualTo(new Shown.Token("sr=x&sig=y&se=1"));
            assertThat(it.source()).isEqualTo("127.0.0.1");
        });
    }

    @Test
    void a_device_of_azures_with_a_certificate_shows_no_password() throws Exception {
        String user = "hub.example.com/dev-pump-1/api-version=2016-11-14";
        try (MqttCaller caller = MqttCaller.with(CLIENT, scene.reached().address())) {
            assertThat(scene.code(caller, new Packets.Connect(level, "dev-pump-1").user(user)))
                    .isZero();
        }
        assertThat(scene.hub().requests).singleElement().satisfies(it -> assertThat(it.shown())
                .isInstanceOfSatisfying(Shown.Certificate.class, shown -> assertThat(shown.chain())
                        .hasSize(2)));
    }

    @Test
    void a_module_and_a_device_that_shows_nothing_are_refused_without_a_question() throws Exception {
        for (String user : new String[] {
            "hub.example.com/dev-pump-1/module/?api-version=2021-04-12", "hub.example.com/dev-pump-1/?api-version=x"
        }) {
            try (MqttCaller caller = scene.reached().caller()) {
                assertThat(scene.code(caller, new Packets.Connect(level, "dev-pump-1").user(user)))
                        .isEqualTo(scene.denied());
            }
        }
        assertThat(scene.hub().requests).isEmpty();
        assertThat(scene.reception().turnedAway())
                .containsExactly(new Refusal.Unsupported("a module"), new Refusal.EvidenceMissing());
    }

    @Test
    void a_device_without_an_sdk_names_itself_and_where_it_wants_its_tenant() throws Exception {
        try (MqttCaller caller = scene.reached().caller()) {
            assertThat(scene.code(caller, scene.plain())).isZero();
        }
        try (MqttCaller caller = scene.reached().caller()) {
            assertThat(scene.code(
                            caller,
                            new Packets.Connect(level, "x").user("pump-1").password(HubScene.TOKEN)))
                    .isZero();
        }
        assertThat(scene.hub().requests)
                .extracting(it -> it.scope().orElse("-") + " " + it.deviceId() + " " + it.door())
                .containsExactly("acme dev-pump-1 hub-mqtt", "- pump-1 hub-mqtt");
        assertThat(scene.hub().requests).allSatisfy(it -> assertThat(it.host()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "SharedAccessSignature", "sharedaccesssignature sr=x"})
    void a_password_of_another_kind_is_none_of_this_doors(String password) throws Exception {
        try (MqttCaller caller = scene.reached().caller()) {
            assertThat(scene.code(
                            caller,
                            new Packets.Connect(level, "x").user("pump-1").password(password)))
                    .isEqualTo(scene.denied());
        }
        assertThat(scene.hub().requests).isEmpty();
        assertThat(scene.reception().untouched()).isTrue();
    }

    @Test
    void what_a_device_of_azures_says_is_kept_with_its_properties_before_it_is_acknowledged() throws Exception {
        String topic = EVENTS + "$.ct=application%2Fjson&$.ctime=2026-11-23T09%3A59%3A58.25Z&h%C3%B6he=a%20b%2Bc&alarm";
        try (MqttCaller caller = scene.reached().caller().in(scene.azure().bytes())) {
            assertThat(scene.taken(caller, topic)).isTrue();
        }
        assertThat(scene.hub().messages).singleElement().satisfies(it -> {
            assertThat(it.from().deviceId()).isEqualTo("dev-pump-1");
            assertThat(it.topic()).isEqualTo(topic);
            assertThat(it.properties())
                    .isEqualTo(Map.of(
                            "$.ct",
                            "application/json",
                            "$.ctime",
                            "2026-11-23T09:59:58.25Z",
                            "höhe",
                            "a b+c",
                            "alarm",
                            ""));
            assertThat(it.deviceTime()).contains(HubScene.NOW.minusMillis(2_250));
            assertThat(it.receivedAt()).isEqualTo(HubScene.NOW);
            assertThat(it.qos()).isEqualTo(1);
        });
    }

    @Test
    void a_topic_of_azures_may_be_long_and_not_endless() throws Exception {
        try (MqttCaller caller = scene.reached().caller().in(scene.azure().bytes())) {
            assertThat(scene.taken(caller, EVENTS + "a=" + "x".repeat(7_000))).isTrue();
        }
        try (MqttCaller caller = scene.reached().caller().in(scene.azure().bytes())) {
            assertThat(scene.taken(caller, EVENTS + "a=" + "x".repeat(AzureGuest.TOPIC_BYTES)))
                    .isFalse();
        }
        try (MqttCaller caller = scene.reached().caller().in(scene.plain().bytes())) {
            assertThat(scene.taken(caller, "t/dev-pump-1/" + "x".repeat(250))).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "devices/dev-pump-2/messages/events/",
                "devices/DEV-PUMP-1/messages/events/",
                "devices/dev-pump-1/messages/events",
                "devices/dev-pump-1/messages/devicebound/",
                "devices/dev-pump-1/modules/m/messages/events/",
                "devices/dev-pump-1/messages/events/a=1&a=2",
                "devices/dev-pump-1/messages/events/a=%",
                "devices/dev-pump-1/messages/events/a=%C3",
                "devices/dev-pump-1/messages/events/a/b",
                "$iothub/methods/res/200/?$rid=1",
                "$iothub/twin/GET/",
                "$iothub/twin/GET/?$rid=",
                "t/dev-pump-1/warm"
            })
    void a_device_of_azures_says_nothing_that_is_not_its_own_or_no_message(String topic) throws Exception {
        try (MqttCaller caller = scene.reached().caller().in(scene.azure().bytes())) {
            assertThat(scene.taken(caller, topic)).isFalse();
        }
        assertThat(scene.hub().messages).isEmpty();
    }

    @Test
    void nothing_is_retained() throws Exception {
        try (MqttCaller caller = scene.reached().caller().in(scene.azure().bytes())) {
            byte[] retained = Packets.packet(
                    0x33, Packets.text(EVENTS), Packets.number(7), Packets.properties(level), new byte[] {'x'});
            assertThat(caller.send(retained).rest()).hasSize(level == 5 ? 4 : 0);
        }
        assertThat(scene.hub().messages).isEmpty();
    }

    @Test
    void whoever_asks_for_a_twin_is_told_that_there_is_none() throws Exception {
        try (MqttCaller caller = scene.reached().caller().in(scene.azure().bytes())) {
            assertThat(scene.granted(caller, "$iothub/twin/res/#")).isEqualTo(1);
            for (String asked : new String[] {
                "$iothub/twin/GET/?$rid=7a", "$iothub/twin/PATCH/properties/reported/?$rid=7a&$version=3"
            }) {
                caller.send(Packets.publish(level, asked, "{}"));
                assertThat(caller.read(Packets.PUBLISH).topic()).isEqualTo("$iothub/twin/res/501/?$rid=7a");
            }
        }
        assertThat(scene.hub().messages).isEmpty();
    }

    @Test
    void a_device_of_azures_awaits_what_its_sdk_awaits_in_quarantine_too_and_nothing_else() throws Exception {
        for (boolean quarantined : new boolean[] {false, true}) {
            scene.hub().quarantined = quarantined;
            try (MqttCaller caller = scene.reached().caller().in(scene.azure().bytes())) {
                for (String filter : new String[] {
                    "devices/dev-pump-1/messages/devicebound/#",
                    "$iothub/methods/POST/#",
                    "$iothub/twin/res/#",
                    "$iothub/twin/PATCH/properties/desired/#"
                }) {
                    assertThat(scene.granted(caller, filter)).isEqualTo(1);
                }
                for (String filter : new String[] {
                    "devices/dev-pump-2/messages/devicebound/#", "devices/+/messages/devicebound/#", "$iothub/#", "#"
                }) {
                    assertThat(scene.granted(caller, filter)).isEqualTo(scene.notGranted());
                }
            }
        }
    }

    @Test
    void a_device_without_an_sdk_reports_on_its_own_topics_and_hears_nothing_in_quarantine() throws Exception {
        try (MqttCaller caller = scene.reached().caller().in(scene.plain().bytes())) {
            assertThat(scene.granted(caller, "t/dev-pump-1/#")).isEqualTo(1);
            assertThat(scene.taken(caller, "t/dev-pump-1/warm")).isTrue();
        }
        scene.hub().quarantined = true;
        try (MqttCaller caller = scene.reached().caller().in(scene.plain().bytes())) {
            assertThat(scene.granted(caller, "t/dev-pump-1/#")).isEqualTo(scene.notGranted());
            assertThat(scene.taken(caller, "t/dev-pump-1/warm")).isTrue();
        }
        assertThat(scene.hub().messages).hasSize(2);
        try (MqttCaller caller = scene.reached().caller().in(scene.plain().bytes())) {
            assertThat(scene.taken(caller, "t/dev-pump-2/warm")).isFalse();
        }
        assertThat(scene.hub().messages).hasSize(2);
    }

    @Test
    void what_cannot_be_kept_is_not_acknowledged() throws Exception {
        scene.hub().full = true;
        try (MqttCaller caller = scene.reached().caller().in(scene.azure().bytes())) {
            assertThat(scene.taken(caller, EVENTS)).isFalse();
        }
    }

    @Test
    void a_will_is_an_event_of_its_own_or_none() throws Exception {
        try (MqttCaller caller = scene.reached().caller()) {
            assertThat(scene.code(caller, scene.azure().will("devices/x/messages/events/", "x", 0)))
                    .isEqualTo(scene.denied());
        }
        try (MqttCaller caller = scene.reached()
                .caller()
                .in(scene.azure().will(EVENTS + "gone=1", "x", 0).bytes())) {
            caller.send(Packets.PINGREQ).read(Packets.PINGRESP);
        }
        await().until(() -> !scene.hub().messages.isEmpty());
        assertThat(scene.hub().messages.getFirst().properties()).containsEntry("gone", "1");
    }

    @Test
    void whoever_is_refused_is_told_so_and_whoever_may_not_stay_is_sent_away() throws Exception {
        scene.hub().refusal = Optional.of(new Refusal.AssignedElsewhere("eu-2"));
        try (MqttCaller caller = scene.reached().caller()) {
            assertThat(scene.code(caller, scene.azure())).isEqualTo(scene.denied());
        }
        scene.hub().refusal = Optional.of(new Refusal.Unavailable("The ledger is away."));
        try (MqttCaller caller = scene.reached().caller()) {
            assertThat(scene.code(caller, scene.azure())).isEqualTo(level == 5 ? 0x88 : 3);
        }
        scene.hub().refusal = Optional.empty();
        try (MqttCaller caller = scene.reached().caller().in(scene.azure().bytes())) {
            await().until(() -> scene.hub().stays.size() == 1);
            scene.hub().stays.getFirst().run();
            assertThat(caller.rest()).hasSize(level == 5 ? 4 : 0);
        }
        await().until(() -> scene.hub().partings.equals(List.of(Parting.DISMISSED)));
    }

    @Test
    void a_device_that_connects_again_takes_its_older_connection_over() throws Exception {
        try (MqttCaller one = scene.reached().caller().in(scene.azure().bytes());
                MqttCaller again = scene.reached().caller().in(scene.plain().bytes())) {
            assertThat(one.rest()).hasSize(level == 5 ? 4 : 0);
            again.send(Packets.PINGREQ).read(Packets.PINGRESP);
        }
        await().until(() -> scene.hub().partings.contains(Parting.TAKEN_OVER));
    }
}
