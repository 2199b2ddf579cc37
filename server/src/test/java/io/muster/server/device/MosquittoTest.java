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
        Bash.needs("mosquitto_rr", "mosquitto_pub", "mosquitto_sub");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqttv311", "mqttv5"})
    void a_device_with_a_key_asks_and_is_answered(String version) throws Exception {
        String name = "meter-" + version;
        byte[] key = Base64.getDecoder().decode(ACME.givesKey(name, name));
        String token = new SymmetricDevice(name, key)
                .token(SasToken.Dialect.JAVA, ACME.scope(), Instant.now().plusSeconds(600));

        String said = device().types(rr(version, name) + " -P '" + token + "' -q 1 -t '" + REGISTER
                + "' -m '{\"payload\":{\"a\":1}}'");

        assertThat(said).startsWith("$dps/registrations/res/200/?$rid=7 ").contains("\"status\":\"assigned\"");
        assertThat(ACME.device(name).at("/payload/a").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqttv311", "mqttv5"})
    void a_device_with_a_certificate_asks_and_is_answered(String version) throws Exception {
        Maker maker = Maker.found("Works of " + version);
        ACME.trusts("pumps-" + version, maker.rootPem());
        X509Device pump = maker.make("pump-" + version);
        Bash device = device();
        Files.write(device.folder().resolve("cert.pem"), pump.chainPemBytes());
        Files.write(device.folder().resolve("key.pem"), pump.privateKeyPemBytes());

        String said = device.types(rr(version, pump.registrationId()) + " --cert cert.pem --key key.pem -q 0 -t '"
                + REGISTER + "' -m '{}'");

        assertThat(said).startsWith("$dps/registrations/res/200/?$rid=7 ").contains("\"status\":\"assigned\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqttv311", "mqttv5"})
    void a_device_that_shows_nothing_is_not_let_in(String version) throws Exception {
        Bash.Said said = device().tries(rr(version, "nobody") + " -t x -m y");

        assertThat(said.code()).isNotZero();
        assertThat(said.output()).containsIgnoringCase("not authori");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqttv311", "mqttv5"})
    void a_filter_of_somebody_elses_is_denied(String version) throws Exception {
        Bash.Said said = device().tries(
                        client("mosquitto_sub", version, "spy") + " -P 'SharedAccessSignature sr=x' -t '#' -W 10");

        assertThat(said.output()).contains("All subscription requests were denied");
    }

    private static Bash device() throws Exception {
        Path folder = Ground.folder("mosquitto");
        Files.copy(HOUSE.house().data().serverAnchor(), folder.resolve("ca.pem"));
        return Bash.in(folder);
    }

    private static String rr(String version, String name) {
        return client("mosquitto_rr", version, name) + " -e '$dps/registrations/res/#' -F '%t %p' -W 20";
    }

    private static String client(String program, String version, String name) {
        return program + " -h localhost -p " + HOUSE.house().mqttPort().orElseThrow() + " --cafile ca.pem -V " + version
                + " -i " + name + " -u '" + ACME.scope() + "/registrations/" + name + "/api-version=2019-03-31'";
    }
}
