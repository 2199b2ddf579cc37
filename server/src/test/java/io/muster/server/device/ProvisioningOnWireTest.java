package io.muster.server.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.server.testkit.Bash;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.Installation;
import io.muster.server.testkit.Operator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Claims, templates and policies by hand: what docs/claims.md tells an operator to type, with certificates of openssl.
class ProvisioningOnWireTest {

    private static final String POLICY = """
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Action":"iot:Connect","Resource":"arn:aws:iot:eu-west-1:123456789012:client/${iot:ClientId}"},
              {"Sid":"own","Effect":"Allow","Action":["iot:Publish","iot:Receive"],"Resource":"topic/t/*"},
              {"Effect":"Deny","Action":"iot:*","Resource":"topic/t/secret"}]}
            """;

    private static final String TEMPLATE = """
            {"Parameters":{"SerialNumber":{"Type":"String"},"AWS::IoT::Certificate::Id":{"Type":"String"}},
             "Resources":{
              "thing":{"Type":"AWS::IoT::Thing","Properties":{
                "ThingName":{"Fn::Join":["-",["pump",{"Ref":"SerialNumber"}]]},
                "AttributePayload":{"version":"VERSION"},"ThingGroups":["pumps"]}},
              "certificate":{"Type":"AWS::IoT::Certificate","Properties":{
                "CertificateId":{"Ref":"AWS::IoT::Certificate::Id"},"Status":"Active"}},
              "policy":{"Type":"AWS::IoT::Policy","Properties":{"PolicyDocument":POLICY}}},
             "DeviceConfiguration":{"FallbackUrl":"https://a.example"}}
            """;

    private static final String CLAIM = """
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout claim.key -subj "/CN=line 1" \\
                -days 365 -addext basicConstraints=critical,CA:FALSE -addext extendedKeyUsage=clientAuth -out claim.pem
            """;

    @AutoClose
    private static final Installation HOUSE = Installation.open();

    private final Operator operator = HOUSE.operator();

    @Test
    void a_claim_and_a_trusted_users_are_made_tried_and_taken_back() throws Exception {
        Bash.needs("openssl");
        Customer acme = Customer.create(operator, "acme");
        Bash line = Bash.in(Ground.folder("line"));
        line.types(CLAIM);
        Path template = written(line, "template.json", template("1"));
        acme.types("enrollment", "create", "things", "--template", template.toString());
        assertThat(acme.types(
                        "claim",
                        "create",
                        "line-1",
                        "--enrollment",
                        "things",
                        "--cert",
                        line.folder().resolve("claim.pem").toString(),
                        "--expires-after",
                        "30d"))
                .contains("Claim line-1 is there", "1000 certificates in 1 day, 20 in a second");

        Path certificate = line.folder().resolve("hand.pem");
        Path key = line.folder().resolve("hand.key");
        assertThat(acme.types(
                        "claim",
                        "create",
                        "hand-1",
                        "--enrollment",
                        "things",
                        "--trusted-user",
                        "--out-cert",
                        certificate.toString(),
                        "--out-key",
                        key.toString()))
                .doesNotContain("PRIVATE KEY");
        assertThat(line.types("""
                        openssl x509 -in hand.pem -noout -subject -checkend 360 || true
                        openssl x509 -in hand.pem -noout -pubkey > one; openssl pkey -in hand.key -pubout > other
                        cmp one other && stat -c %a hand.key
                        """)).contains("hand-1", "Certificate will expire", "600");

        acme.types("claim", "revoke", "hand-1");
        assertThat(acme.types("claim", "list")).contains("active   0 of 1000 in 1 day", "revoked  0 of 1 in 1 day");
        assertThat(tries("claim", "create", "line-2", "--enrollment", "things", "--cert", template.toString())
                        .err())
                .contains("The certificate cannot be used");
    }

    @Test
    void a_template_is_tried_compared_changed_and_taken_back() throws Exception {
        Customer acme = Customer.create(operator, "beta");
        Bash line = Bash.in(Ground.folder("templates"));
        Path first = written(line, "template.json", template("1"));
        Path second = written(line, "new.json", template("2"));
        Path parameters = written(line, "p.json", "{\"SerialNumber\":\"7\"}");
        acme.types("enrollment", "create", "things", "--template", first.toString());

        JsonNode makes = operator.asks(
                        words("template test --enrollment things --tenant beta --parameters " + parameters))
                .at("/outcome/makes");
        assertThat(makes.at("/thing/name").asText()).isEqualTo("pump-7");
        assertThat(makes.at("/policies/0/Statement")).hasSize(3);
        assertThat(makes.at("/deviceConfiguration/FallbackUrl").asText()).isEqualTo("https://a.example");
        assertThat(acme.types("template", "test", "--enrollment", "things"))
                .contains("It fails at /Parameters/SerialNumber");

        Operator.Said difference = operator.tries(words("template diff --enrollment things --tenant beta --template "
                + second + " --parameters " + parameters));
        assertThat(difference.code()).isEqualTo(8);
        assertThat(difference.out()).contains("thing.attributes.version  1   2");
        acme.types("enrollment", "change", "things", "--template", second.toString());
        Path old = written(
                line,
                "old.json",
                operator.asks(words("enrollment get things --version 1 --tenant beta"))
                        .path("template")
                        .toString());
        acme.types("enrollment", "change", "things", "--template", old.toString());
        assertThat(operator.asks(words("enrollment get things --tenant beta")).path("template"))
                .isEqualTo(operator.asks(words("enrollment get things --version 1 --tenant beta"))
                        .path("template"));
    }

    @Test
    void a_policy_is_simulated_before_any_device_has_it() throws Exception {
        Customer acme = Customer.create(operator, "gamma");
        Path policy = written(Bash.in(Ground.folder("policies")), "policy.json", POLICY);
        assertThat(acme.types(simulate(policy, "publish", "--topic", "t/x")))
                .contains("iot:Publish on topic/t/x: It is allowed, by statement 2 of policy 1 (own).");
        assertThat(acme.types(simulate(policy, "receive", "--topic", "t/secret")))
                .contains("It is denied, by statement 3");
        assertThat(acme.types(simulate(policy, "subscribe", "--topic", "t/#"))).contains("no statement allows it");
        assertThat(acme.types(simulate(policy, "connect", "--client-id", "pump-1")))
                .contains("It is allowed");
    }

    @Test
    void a_policy_gets_a_name_and_templates_name_it() throws Exception {
        Customer acme = Customer.create(operator, "epsilon");
        Bash line = Bash.in(Ground.folder("named"));
        Path policy = written(line, "policy.json", POLICY);
        Path other = written(line, "other.json", POLICY.replace("t/secret", "t/private"));
        Path template = written(
                line,
                "template.json",
                TEMPLATE.replace("VERSION", "1").replace("\"PolicyDocument\":POLICY", "\"PolicyName\":\"pumps@v1\""));
        Path parameters = written(line, "p.json", "{\"SerialNumber\":\"7\"}");
        String[] create = words("enrollment create things --tenant epsilon --template " + template);
        assertThat(operator.tries(create).err())
                .contains("There is no policy \"pumps@v1\"", "/template/Resources/policy/Properties/PolicyName");

        acme.types("policy", "create", "pumps@v1", "--document", policy.toString());
        operator.types(create);
        assertThat(acme.types("policy", "list")).contains("pumps@v1  1        3");
        acme.types("policy", "change", "pumps@v1", "--document", other.toString(), "--if-version", "1");
        assertThat(operator.tries(words("policy change pumps@v1 --tenant epsilon --if-version 1 --document " + policy))
                        .code())
                .isEqualTo(6);
        assertThat(acme.types("template", "test", "--enrollment", "things", "--parameters", parameters.toString()))
                .contains("policies           pumps@v1 (version 2)");
        assertThat(operator.tries(words("policy delete pumps@v1 --tenant epsilon"))
                        .err())
                .contains("Policy pumps@v1 is needed by enrollment things");
        assertThat(acme.types("policy", "get", "pumps@v1")).contains("version  2", "topic/t/private");
        assertThat(acme.types("audit", "list", "--subject", "policy:pumps@v1"))
                .contains("policyCreated", "policyChanged");
    }

    @Test
    void a_new_device_waits_where_its_enrollment_wants_approval() throws Exception {
        Bash.needs("openssl", "curl");
        Customer acme = Customer.create(operator, "delta");
        Bash maker = Bash.in(Ground.folder("maker"));
        maker.types("""
                openssl req -x509 -newkey rsa:2048 -nodes -keyout CA.key -subj "/CN=Pump Works" -days 30 \\
                    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign -out CA.pem
                openssl req -new -newkey rsa:2048 -nodes -keyout device.key -subj /CN=pump-9 -out device.csr
                printf 'extendedKeyUsage=clientAuth' > device.ext
                openssl x509 -req -in device.csr -CA CA.pem -CAkey CA.key -CAcreateserial -days 1 \\
                    -extfile device.ext -out device.pem
                """);
        acme.types(
                "enrollment",
                "create",
                "seen",
                "--x509-ca",
                maker.folder().resolve("CA.pem").toString(),
                "--admission",
                "approval");
        assertThat(register(maker)).doesNotContain("\"status\":\"assigned\"");
        assertThat(acme.types("device", "list", "--state", "quarantined")).contains("pump-9");
        acme.types("device", "approve", "pump-9", "--reason", "seen");
        assertThat(register(maker)).contains("\"status\":\"assigned\"");
    }

    private static String register(Bash maker) throws Exception {
        return maker.types(
                """
                curl -sS --cacert %s --cert device.pem --key device.key -X PUT \\
                    -H 'Content-Type: application/json' -d '{"registrationId":"pump-9"}' \\
                    '%s/delta/registrations/pump-9/register?api-version=2021-06-01'
                """.formatted(HOUSE.house().data().serverAnchor(), HOUSE.house().devicesUrl()));
    }

    private static String[] simulate(Path policy, String action, String... more) {
        return Stream.concat(
                        Stream.of("policy", "aws-simulate", "--document", policy.toString(), "--action", action),
                        Arrays.stream(more))
                .toArray(String[]::new);
    }

    private static String template(String version) {
        return TEMPLATE.replace("VERSION", version).replace("POLICY", POLICY);
    }

    private static Path written(Bash in, String name, String text) throws Exception {
        return Files.writeString(in.folder().resolve(name), text);
    }

    private static String[] words(String line) {
        return line.split(" ");
    }

    private Operator.Said tries(String... words) {
        return operator.tries(Stream.concat(Arrays.stream(words), Stream.of("--tenant", "acme"))
                .toArray(String[]::new));
    }
}
