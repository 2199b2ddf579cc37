package io.muster.server.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.muster.server.testkit.Bash;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Mosquitto's command-line clients, with a device's certificate.
class MosquittoTest {

    @AutoClose
    private static final Installation HOUSE = Installation.open();

    private static final Maker MAKER = Maker.found("Pumps");

    @BeforeAll
    static void a_customer_trusts_the_maker() throws Exception {
        Bash.needs("mosquitto_pub", "mosquitto_sub");
        Customer.create(HOUSE.operator(), "acme").trusts("pumps", MAKER.rootPem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqttv311", "mqttv5"})
    void a_device_with_a_certificate_reports_under_its_own_topics_and_no_others(String version) throws Exception {
        String name = "pump-" + version;
        Bash device = device(MAKER.make(name), "-V " + version);

        device.types(". ./env; mosquitto_pub $BROKER -i " + name + " -q 1 -t t/" + name + "/warm -m 21");
        assertThat(Files.readString(HOUSE.data().resolve("telemetry").resolve("telemetry.ndjson")))
                .contains("\"topic\":\"t/" + name + "/warm\",\"qos\":1")
                .contains("\"payloadFormat\":\"json\",\"payload\":21}}\n");

        assertThat(device.tries(". ./env; mosquitto_pub $BROKER -i " + name + " -q 1 -t t/other/warm -m 22")
                        .output())
                .isNotEmpty();
        assertThat(Files.readString(HOUSE.data().resolve("telemetry").resolve("telemetry.ndjson")))
                .doesNotContain("t/other/warm");
        assertThat(device.tries(". ./env; mosquitto_sub $BROKER -i " + name + " -W 2 -t t/other/#")
                        .output())
                .contains("denied");
    }

    private static Bash device(X509Device device, String more) throws Exception {
        Path folder = Ground.folder("mosquitto");
        Files.copy(HOUSE.house().data().serverAnchor(), folder.resolve("server.pem"));
        Files.writeString(folder.resolve("cert.pem"), device.chainPem());
        Files.writeString(folder.resolve("key.pem"), device.privateKeyPem());
        String broker = "-h localhost -p " + HOUSE.house().mqttPort().orElseThrow()
                + " --cafile server.pem --cert cert.pem --key key.pem " + more;
        Files.writeString(folder.resolve("env"), "BROKER='" + broker + "'\n");
        return Bash.in(folder);
    }
}
