package io.muster.server.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.fleet.device.Maker;
import io.muster.fleet.device.SasToken;
import io.muster.fleet.device.SymmetricDevice;
import io.muster.fleet.device.X509Device;
import io.muster.server.testkit.Bash;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Mosquitto's command-line clients, which know nothing of DPS, as devices.
class MosquittoTest {

    private static final String REGISTER = "$dps/registrations/PUT/iotdps-register/?$rid=7";

    @AutoClose
    private static final Installation HOUSE = Installation.open();

    private static final Customer ACME = Customer.create(HOUSE.operator(), "acme");

    @BeforeAll
    static void needs() throws Exception {
        Bash.needs("mosquitto_pub", "mosquitto_sub");
    }

    /// The clients cannot publish and listen on one connection: that the device is enrolled is seen at the desk.
    @ParameterizedTest
    @ValueSource(strings = {"mqttv311", "mqttv5"})
    void a_device_with_a_key_registers_and_is_acknowledged(String version) throws Exception {
        String name = "meter-" + version;
        String token = token(name);

        device().types(client("mosquitto_pub", version, name) + " -P '" + token + "' -q 1 -t '" + REGISTER
                + "' -m '{\"payload\":{\"a\":1}}'");

        assertThat(ACME.device(name).at("/payload/a").asInt()).isEqualTo(1);
        assertThat(ACME.why(name).path("result").asText()).isEqualTo("accepted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqttv311", "mqttv5"})
    void a_device_with_a_certificate_registers_and_is_acknowledged(String version) throws Exception {
        Maker maker = Maker.found("Works of " + version);
        ACME.trusts("pumps-" + version, maker.rootPem());
        X509Device pump = maker.make("pump-" + version);
        Bash device = device();
        Files.write(device.folder().resolve("cert.pem"), pump.chainPemBytes());
        Files.write(device.folder().resolve("key.pem"), pump.privateKeyPemBytes());

        device.types(client("mosquitto_pub", version, pump.registrationId())
                + " --cert cert.pem --key key.pem -q 1 -t '" + REGISTER + "' -m '{}'");

        assertThat(ACME.why(pump.registrationId()).path("result").asText()).isEqualTo("accepted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqttv311", "mqttv5"})
    void a_device_that_shows_nothing_is_not_let_in(String version) throws Exception {
        Bash.Said said = device().tries(client("mosquitto_pub", version, "nobody") + " -q 1 -t x -m y");

        assertThat(said.code()).isNotZero();
        assertThat(said.output()).containsIgnoringCase("not authori");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqttv311", "mqttv5"})
    void answers_may_be_listened_to_and_nothing_else(String version) throws Exception {
        String name = "spy-" + version;
        String spy = client("mosquitto_sub", version, name) + " -d -P '" + token(name) + "' -W 1 ";

        assertThat(device().tries(spy + "-t '#'").output()).contains("All subscription requests were denied");
        assertThat(device().tries(spy + "-t '$dps/registrations/res/#'").output())
                .contains("Subscribed (mid: 1): 0")
                .doesNotContain("denied");
    }

    private static String token(String name) {
        byte[] key = Base64.getDecoder().decode(ACME.givesKey(name, name));
        return new SymmetricDevice(name, key)
                .token(SasToken.Dialect.JAVA, ACME.scope(), Instant.now().plusSeconds(600));
    }

    private static Bash device() throws Exception {
        Path folder = Ground.folder("mosquitto");
        Files.copy(HOUSE.house().data().serverAnchor(), folder.resolve("ca.pem"));
        return Bash.in(folder);
    }

    private static String client(String program, String version, String name) {
        return program + " -h localhost -p " + HOUSE.house().mqttPort().orElseThrow() + " --cafile ca.pem -V " + version
                + " -i " + name + " -u '" + ACME.scope() + "/registrations/" + name + "/api-version=2019-03-31'";
    }
}
