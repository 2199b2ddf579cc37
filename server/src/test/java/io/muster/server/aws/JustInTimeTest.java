package io.muster.server.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Installation;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Certificates of a registered authority that connect for the first time.
class JustInTimeTest {

    private static final int DEVICES = 200;

    private static final String NAMED_BY_CERTIFICATE = """
            {
              "Parameters": {
                "AWS::IoT::Certificate::CommonName": {"Type": "String"},
                "AWS::IoT::Certificate::Id": {"Type": "String"}
              },
              "Resources": {
                "thing": {
                  "Type": "AWS::IoT::Thing",
                  "Properties": {
                    "ThingName": {"Fn::Join": ["", ["thing-", {"Ref": "AWS::IoT::Certificate::CommonName"}]]}
                  }
                },
                "certificate": {
                  "Type": "AWS::IoT::Certificate",
                  "Properties": {"CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}, "Status": "ACTIVE"}
                },
                "policy": {
                  "Type": "AWS::IoT::Policy",
                  "Properties": {
                    "PolicyDocument": {
                      "Version": "2012-10-17",
                      "Statement": [
                        {"Effect": "Allow", "Action": "iot:Connect", "Resource": "*"},
                        {
                          "Effect": "Allow",
                          "Action": "iot:Publish",
                          "Resource": "arn:aws:iot:local:000000000000:topic/t/${iot:ClientId}/hello"
                        }
                      ]
                    }
                  }
                }
              }
            }
            """;

    @AutoClose
    private static final Installation HOUSE = Installation.open("hub.quarantined=refuse");

    private static final Customer ACME = Customer.create(HOUSE.operator(), "acme");

    private final Endpoint endpoint = Endpoint.of(HOUSE);

    @Test
    void of_many_first_connects_at_once_none_is_refused_and_none_makes_two_devices() throws Exception {
        Maker maker = Maker.found("Gates");
        ACME.trusts("gates", maker.rootPem());
        List<X509Device> gates = maker.makeAll(names("gate-"));

        Map<String, String> heard = FirstConnects.of(endpoint, gates);

        assertThat(heard).hasSize(DEVICES);
        assertThat(heard.values()).containsOnly("in");
        assertThat(devices("gate-")).hasSize(DEVICES).doesNotHaveDuplicates();
        assertThat(FirstConnects.of(endpoint, gates.subList(0, 5)).values()).containsOnly("in");
        assertThat(devices("gate-")).hasSize(DEVICES);
    }

    @Test
    void a_template_makes_things_of_certificates() throws Exception {
        Maker maker = Maker.found("Valves");
        ACME.trusts("valves", maker.rootPem(), "--template", ACME.file("jitp.json", NAMED_BY_CERTIFICATE));

        assertThat(FirstConnects.of(endpoint, List.of(maker.make("valve-1"))).values())
                .containsOnly("in");
        assertThat(devices("thing-valve-")).containsExactly("thing-valve-1");
    }

    @Test
    void where_an_operator_must_approve_a_device_is_held_until_it_is_released() throws Exception {
        Maker maker = Maker.found("Pumps");
        ACME.trusts("pumps", maker.rootPem(), "--admission", "approval");
        List<X509Device> pump = List.of(maker.make("pump-1"));

        assertThat(FirstConnects.of(endpoint, pump).values()).containsOnly("refused: 5");
        assertThat(ACME.device("pump-1").path("state").asText()).isEqualTo("quarantined");
        ACME.types("device", "release", "pump-1", "--reason", "expected");

        assertThat(FirstConnects.of(endpoint, pump).values()).containsOnly("in");
    }

    @Test
    void a_certificate_of_nobody_we_know_is_refused() throws Exception {
        assertThat(FirstConnects.of(endpoint, List.of(Maker.found("Rogue").make("gate-1")))
                        .values())
                .containsOnly("refused: 5");
    }

    private static List<String> names(String prefix) {
        return IntStream.range(0, DEVICES).mapToObj(i -> prefix + i).toList();
    }

    private static List<String> devices(String prefix) {
        return ACME.devices().stream()
                .map(it -> it.path("registrationId").asText())
                .filter(it -> it.startsWith(prefix))
                .toList();
    }
}
