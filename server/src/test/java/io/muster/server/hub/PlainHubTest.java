package io.muster.server.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.server.testkit.Bash;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Mosquitto's command-line clients with a token that OpenSSL made, as `examples/hub` has it.
class PlainHubTest {

    private static final Path SCRIPT = Path.of("../examples/hub/token.sh").toAbsolutePath();

    @AutoClose
    private static final Installation HOUSE = Installation.open();

    private static final HubCustomer ACME = HubCustomer.create(HOUSE, "acme");
    private static final String GROUP_KEY = ACME.customer().sharesKeyInBase64("meters", "--hub", HubCustomer.HERE);

    @BeforeAll
    static void needs() throws Exception {
        Bash.needs("mosquitto_pub", "mosquitto_sub", "openssl");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqttv311", "mqttv5"})
    void a_device_of_a_group_reports_under_its_own_topics_and_no_others(String version) throws Exception {
        String name = "meter-" + version;
        Bash device = enrolled(name);
        String token = group(name, "acme/devices/" + name, 600);

        device.types(plain(version, "acme/" + name, token) + " -t t/" + name + "/warm -m 21");
        device.types(plain(version, name, token) + " -t t/" + name + "/warm -m 22");
        assertThat(ACME.payloads(name)).containsExactly("21", "22");

        assertThat(device.tries(plain(version, name, token) + " -t t/other/warm -m 23")
                        .output())
                .isNotEmpty();
        assertThat(device.tries(plain(version, name, token) + " -r -t devices/" + name + "/messages/events/ -m 23")
                        .output())
                .isNotEmpty();
        assertThat(ACME.payloads(name)).hasSize(2);
        assertThat(device.tries("mosquitto_sub " + broker(version) + " -i x -W 2 -u " + name + token + " -t t/other/#")
                        .output())
                .contains("denied");
    }

    @Test
    void a_device_with_a_key_of_its_own_speaks_as_azures_do() throws Exception {
        String key = ACME.customer().givesKey("bench", "bench-1", "--hub", HubCustomer.HERE);
        Bash device = bash();
        device.types(register("bench-1", "KEY=" + key + " "));
        String token = token("KEY=" + key + " ", HubCustomer.HOST + "/devices/bench-1", 600);
        String azure = "mosquitto_pub " + broker("mqttv311") + " -i bench-1 -q 1 -u '" + HubCustomer.HOST
                + "/bench-1/?api-version=2021-04-12'" + token;

        device.types(azure + " -t 'devices/bench-1/messages/events/$.ct=text%2Fplain' -m 21");
        assertThat(ACME.payloads("bench-1")).containsExactly("21");
        assertThat(device.tries(azure + " -t devices/bench-2/messages/events/ -m 22")
                        .output())
                .isNotEmpty();
        assertThat(ACME.payloads("bench-1")).hasSize(1);
    }

    @Test
    void a_token_that_is_over_or_for_another_or_of_another_key_opens_nothing() throws Exception {
        Bash device = enrolled("meter-7");
        enrolled("meter-8");
        String own = "acme/devices/meter-7";
        for (String token : new String[] {
            group("meter-7", own, -5),
            group("meter-7", "acme/devices/meter-8", 600),
            group("meter-7", "acme/registrations/meter-7", 600),
            group("meter-8", own, 600)
        }) {
            assertThat(device.tries(plain("mqttv311", "meter-7", token) + " -t t/meter-7/warm -m 21")
                            .output())
                    .containsIgnoringCase("not authori");
        }
        assertThat(ACME.payloads("meter-7")).isEmpty();
        assertThat(ACME.customer().why("meter-7").path("code").asText()).isEqualTo("token_signature_wrong");
    }

    @Test
    void a_connection_ends_with_its_token() throws Exception {
        Bash device = enrolled("meter-9");
        String token = group("meter-9", "acme/devices/meter-9", 3);
        long began = System.nanoTime();

        device.tries("mosquitto_sub " + broker("mqttv311") + " -i x -W 30 -u meter-9" + token + " -t t/meter-9/#");

        assertThat(System.nanoTime() - began).isLessThan(20_000_000_000L);
        await().untilAsserted(() ->
                assertThat(ACME.presence("meter-9")).isEqualTo("disconnected dismissed hub-mqtt 127.0.0.0/24"));
    }

    @Test
    void a_device_in_quarantine_is_heard_and_told_nothing_and_its_release_makes_it_whole() throws Exception {
        Bash device = enrolled("meter-10");
        String token = group("meter-10", "acme/devices/meter-10", 600);
        ACME.customer().types("device", "quarantine", "meter-10", "--reason", "drill");

        device.types(plain("mqttv5", "meter-10", token) + " -t t/meter-10/warm -m 21");
        assertThat(ACME.aside("meter-10")).containsExactly("21");
        assertThat(ACME.payloads("meter-10")).isEmpty();
        String listening = "mosquitto_sub " + broker("mqttv5") + " -i x -W 2 -u meter-10" + token + " -t t/meter-10/#";
        assertThat(device.tries(listening).output()).contains("denied");
        ACME.customer().types("device", "release", "meter-10", "--reason", "drill");
        assertThat(device.tries(listening).output()).doesNotContain("denied");
    }

    private static Bash enrolled(String name) throws Exception {
        Bash device = bash();
        device.types(register(name, "GROUP_KEY=" + GROUP_KEY + " REGISTRATION_ID=" + name + " "));
        return device;
    }

    private static Bash bash() throws Exception {
        Path folder = Ground.folder("plain-hub");
        Files.copy(HOUSE.house().data().serverAnchor(), folder.resolve("ca.pem"));
        return Bash.in(folder);
    }

    /// By DPS, with the same script.
    private static String register(String name, String keys) {
        return "mosquitto_pub " + broker("mqttv311") + " -q 1 -i " + name + " -u 'acme/registrations/" + name
                + "/api-version=2019-03-31'" + token(keys, "acme/registrations/" + name, 600)
                + " -t '$dps/registrations/PUT/iotdps-register/?$rid=1' -m '{}'";
    }

    private static String plain(String version, String user, String token) {
        return "mosquitto_pub " + broker(version) + " -i anything -q 1 -u " + user + token;
    }

    private static String broker(String version) {
        return "-h localhost -p " + HOUSE.house().mqttPort().orElseThrow() + " --cafile ca.pem -V " + version;
    }

    private static String group(String name, String resource, int seconds) {
        return token("GROUP_KEY=" + GROUP_KEY + " REGISTRATION_ID=" + name + " ", resource, seconds);
    }

    private static String token(String keys, String resource, int seconds) {
        return " -P \"$(" + keys + SCRIPT + " " + resource + " " + seconds + ")\"";
    }
}
