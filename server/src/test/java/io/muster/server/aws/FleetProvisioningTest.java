package io.muster.server.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.muster.fleet.aws.ThingTemplate;
import io.muster.fleet.device.CertificateRequest;
import io.muster.fleet.device.Keysmith;
import io.muster.fleet.device.X509Device;
import io.muster.server.aws.AwsSdk.Certificate;
import io.muster.server.aws.AwsSdk.Connection;
import io.muster.server.aws.AwsSdk.Registration;
import io.muster.server.testkit.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Unmodified AWS SDKs, from a claim to a device that reports.
@ParameterizedClass
@EnumSource(AwsSdk.class)
class FleetProvisioningTest {

    @AutoClose
    private static final Installation HOUSE = Installation.open();

    private static final AwsCustomer ACME = customer("acme", "things");

    private static final AwsCustomer BETA = customer("beta", "gadgets");

    private static final X509Device CLAIM = ACME.claim("line-1", "things");
    private static final X509Device CLAIM_OF_BETA = BETA.claim("line-1", "gadgets");

    private final Keysmith keys = new Keysmith();
    private final Endpoint endpoint = Endpoint.of(HOUSE);
    private final AwsSdk sdk;

    FleetProvisioningTest(AwsSdk sdk) {
        this.sdk = sdk;
    }

    private static AwsCustomer customer(String tenant, String enrollment) {
        AwsCustomer customer = AwsCustomer.create(HOUSE.operator(), tenant);
        customer.takesClaims(enrollment, ThingTemplate.BODY);
        return customer;
    }

    @Test
    void a_device_gets_a_certificate_for_its_own_key_and_comes_back_with_it() throws Exception {
        String name = named("own-key");
        CertificateRequest request = keys.request(name);
        X509Device device;
        try (Connection claim = sdk.connect(endpoint, CLAIM, name)) {
            Certificate certificate = claim.identity().createFromCsr(Thing.pem(request));
            assertThat(certificate.id()).matches("[0-9a-f]{64}");
            device = Thing.granted(request, certificate.pem());

            Registration registration = claim.identity().register("things", certificate.ownershipToken(), serial(name));
            assertThat(registration.thingName()).isEqualTo(name);
        }
        comesBack(name, device);
    }

    @Test
    void a_device_gets_a_key_and_a_certificate_and_comes_back_with_them() throws Exception {
        String name = named("given-key");
        X509Device device;
        try (Connection claim = sdk.connect(endpoint, CLAIM, name)) {
            Certificate certificate = claim.identity().createKeys();
            device = Thing.given(name, certificate.pem(), certificate.privateKey());
            claim.identity().register("things", certificate.ownershipToken(), serial(name));
        }
        comesBack(name, device);
    }

    /// It reports, and what its policy does not permit is refused.
    private void comesBack(String name, X509Device device) throws IOException {
        try (Connection connection = sdk.connect(endpoint, device, name)) {
            assertThat(connection.publishes("t/" + name + "/telemetry", "{\"warm\":21}"))
                    .isTrue();
            assertThat(Files.readAllLines(HOUSE.data().resolve("telemetry").resolve("telemetry.ndjson")))
                    .anyMatch(line -> line.contains("\"deviceId\":\"" + name + "\"")
                            && line.contains("\"topic\":\"t/" + name + "/telemetry\"")
                            && line.contains("\"payload\":{\"warm\":21}"));
            assertThat(connection.subscribes("t/" + name + "/#")).isFalse();
            assertThat(connection.subscribes("$aws/certificates/create/json/accepted"))
                    .isFalse();
            assertThat(connection.publishes("t/other/telemetry", "{\"warm\":21}"))
                    .isFalse();
        }
        assertThatThrownBy(() -> sdk.connect(endpoint, device, name + "-b")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_device_may_what_its_policy_of_a_name_says_when_it_connects() throws Exception {
        String name = named("by-name").replace('_', '-');
        ACME.keepsPolicy("create", name, policy("telemetry"));
        ACME.takesClaims(name, naming("\"" + name + "\""));
        X509Device device = registered(ACME.claim(name, name), name, serial(name));
        assertThat(ACME.customer()
                        .device(name)
                        .at("/thing/policies/0/PolicyName")
                        .asText())
                .isEqualTo(name);
        try (Connection connection = sdk.connect(endpoint, device, name)) {
            assertThat(connection.publishes("t/" + name + "/telemetry", "{\"warm\":21}"))
                    .isTrue();
            assertThat(connection.publishes("t/" + name + "/alarm", "{\"warm\":99}"))
                    .isFalse();
        }
        ACME.keepsPolicy("change", name, policy("alarm"));
        try (Connection connection = sdk.connect(endpoint, device, name)) {
            assertThat(connection.publishes("t/" + name + "/alarm", "{\"warm\":99}"))
                    .isTrue();
            assertThat(connection.publishes("t/" + name + "/telemetry", "{\"warm\":21}"))
                    .isFalse();
        }
    }

    @Test
    void a_policy_that_a_device_chooses_must_be_there_when_it_registers_and_when_it_connects() throws Exception {
        String name = named("chosen").replace('_', '-');
        ACME.takesClaims(name, naming("{\"Ref\": \"Role\"}"));
        X509Device line = ACME.claim(name, name);
        Map<String, String> parameters = Map.of("SerialNumber", name, "Role", name);
        rejected(400, "InvalidParameters", () -> registered(line, name, parameters));
        assertThat(ACME.customer().types("why", name))
                .contains("template_failed", "There is no policy " + name, "/Resources/policy/Properties/PolicyName");

        ACME.keepsPolicy("create", name, policy("telemetry"));
        X509Device device = registered(line, name, parameters);
        try (Connection connection = sdk.connect(endpoint, device, name)) {
            assertThat(connection.publishes("t/" + name + "/telemetry", "{\"warm\":21}"))
                    .isTrue();
        }
        ACME.customer().types("policy", "delete", name);
        assertThatThrownBy(() -> sdk.connect(endpoint, device, name)).isInstanceOf(IllegalStateException.class);
        assertThat(ACME.customer().types("policy", "aws-simulate", "--device", name, "--action", "connect"))
                .contains("there is no policy " + name);
    }

    private X509Device registered(X509Device claim, String name, Map<String, String> parameters) {
        CertificateRequest request = keys.request(name);
        try (Connection connection = sdk.connect(endpoint, claim, name)) {
            Certificate certificate = connection.identity().createFromCsr(Thing.pem(request));
            connection.identity().register(name, certificate.ownershipToken(), parameters);
            return Thing.granted(request, certificate.pem());
        }
    }

    private static String naming(String policyName) {
        return """
                {"Parameters": {"SerialNumber": {"Type": "String"}, "Role": {"Type": "String", "Default": "none"}},
                 "Resources": {
                  "thing": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": {"Ref": "SerialNumber"}}},
                  "certificate": {"Type": "AWS::IoT::Certificate", "Properties": {
                    "CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}, "Status": "Active"}},
                  "policy": {"Type": "AWS::IoT::Policy", "Properties": {"PolicyName": %s}}}}
                """.formatted(policyName);
    }

    private static String policy(String topic) {
        return """
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": "iot:Connect",
                   "Resource": "arn:aws:iot:eu-west-1:123456789012:client/${iot:Connection.Thing.ThingName}"},
                  {"Effect": "Allow", "Action": "iot:Publish",
                   "Resource": "arn:aws:iot:eu-west-1:123456789012:topic/t/${iot:Connection.Thing.ThingName}/%s"}]}
                """.formatted(topic);
    }

    @Test
    void the_port_of_https_speaks_it_too() {
        String name = named("https");
        try (Connection claim = sdk.connect(Endpoint.besideHttps(HOUSE), CLAIM, name)) {
            String token = claim.identity()
                    .createFromCsr(Thing.pem(keys.request(name)))
                    .ownershipToken();

            assertThat(claim.identity().register("things", token, serial(name)).thingName())
                    .isEqualTo(name);
        }
    }

    @Test
    void a_certificate_that_no_device_was_registered_with_may_not_connect() {
        CertificateRequest request = keys.request(named("pending"));
        try (Connection claim = sdk.connect(endpoint, CLAIM, named("pending"))) {
            X509Device pending = Thing.granted(
                    request, claim.identity().createFromCsr(Thing.pem(request)).pem());

            assertThatThrownBy(() -> sdk.connect(endpoint, pending, named("pending")))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void the_same_registration_again_gets_the_same_answer_and_another_name_is_refused() {
        String name = named("again");
        try (Connection claim = sdk.connect(endpoint, CLAIM, name);
                Connection other = sdk.connect(endpoint, CLAIM, name + "-b")) {
            String token = claim.identity()
                    .createFromCsr(Thing.pem(keys.request(name)))
                    .ownershipToken();
            Registration first = claim.identity().register("things", token, serial(name));

            assertThat(other.identity().register("things", token, serial(name))).isEqualTo(first);
            rejected(409, "ResourceConflictsException", () -> claim.identity()
                    .register("things", token, serial(name + "-other")));
        }
        assertThat(ACME.customer().devices())
                .filteredOn(it -> it.path("registrationId").asText().startsWith(name))
                .hasSize(1);
    }

    @Test
    void what_a_device_sends_wrong_is_rejected_by_its_kind() {
        String name = named("wrong");
        try (Connection claim = sdk.connect(endpoint, CLAIM, name)) {
            AwsSdk.Identity identity = claim.identity();
            rejected(400, "InvalidCertificateSigningRequest", () -> identity.createFromCsr("no request"));
            rejected(400, "InvalidCertificateOwnershipToken", () -> identity.register("things", "", serial(name)));
            rejected(400, "InvalidCertificateOwnershipToken", () -> identity.register("things", "x", serial(name)));
            String token = identity.createFromCsr(Thing.pem(keys.request(name))).ownershipToken();
            rejected(400, "InvalidParameters", () -> identity.register("things", token, Map.of()));
            rejected(400, "InvalidParameters", () -> identity.register("things", token, serial("a b")));
            assertThat(identity.register("things", token, serial(name)).thingName())
                    .isEqualTo(name);
        }
    }

    @Test
    void a_claim_is_for_its_own_template_and_its_own_tenant() {
        String name = named("foreign");
        try (Connection claim = sdk.connect(endpoint, CLAIM, name);
                Connection beta = sdk.connect(endpoint, CLAIM_OF_BETA, name)) {
            String token = claim.identity()
                    .createFromCsr(Thing.pem(keys.request(name)))
                    .ownershipToken();

            rejected(400, "InvalidCertificateOwnershipToken", () -> beta.identity()
                    .register("gadgets", token, serial(name)));
            assertThat(claim.subscribes("$aws/provisioning-templates/gadgets/provision/json/accepted"))
                    .isFalse();
            assertThat(claim.publishes("$aws/provisioning-templates/gadgets/provision/json", "{}"))
                    .isFalse();
        }
        assertThat(BETA.customer().devices()).isEmpty();
    }

    @Test
    void a_claim_creates_within_its_budget() {
        String name = named("budget");
        X509Device small = ACME.claim(name.replace('_', '-'), "things", "--creates", "2");
        try (Connection claim = sdk.connect(endpoint, small, name)) {
            claim.identity().createFromCsr(Thing.pem(keys.request(name)));
            claim.identity().createFromCsr(Thing.pem(keys.request(name)));
            rejected(429, "Throttled", () -> claim.identity().createFromCsr(Thing.pem(keys.request(name))));
        }
    }

    @Test
    void a_revoked_claim_registers_nobody_and_connects_no_more() {
        String name = named("revoked");
        String claimName = name.replace('_', '-');
        X509Device revoked = ACME.claim(claimName, "things");
        try (Connection claim = sdk.connect(endpoint, revoked, name)) {
            String token = claim.identity()
                    .createFromCsr(Thing.pem(keys.request(name)))
                    .ownershipToken();
            ACME.revokesClaim(claimName);
            deniedOrCut(() -> claim.identity().register("things", token, serial(name)));
        }
        assertThat(ACME.customer().devices())
                .noneMatch(it -> it.path("registrationId").asText().equals(name));
        assertThatThrownBy(() -> sdk.connect(endpoint, revoked, name)).isInstanceOf(IllegalStateException.class);
    }

    /// An answer holds a private key.
    @Test
    void answers_go_to_the_connection_that_asked_whoever_else_subscribes() {
        String name = named("alone");
        try (Connection nosy = sdk.connect(endpoint, CLAIM, name + "-nosy");
                Connection claim = sdk.connect(endpoint, CLAIM, name)) {
            assertThat(nosy.subscribes("$aws/certificates/create/json/accepted"))
                    .isTrue();
            assertThat(nosy.subscribes("$aws/certificates/create/#")).isTrue();
            assertThat(nosy.subscribes("$aws/provisioning-templates/things/provision/+/accepted"))
                    .isTrue();
            Certificate certificate = claim.identity().createKeys();
            claim.identity().register("things", certificate.ownershipToken(), serial(name));

            rejected(400, "InvalidCertificateOwnershipToken", () -> nosy.identity()
                    .register("things", "x", serial(name)));
            assertThat(nosy.heard()).doesNotContain("$aws/certificates/create/json/accepted");
            assertThat(nosy.heard()).noneMatch(topic -> topic.endsWith("provision/json/accepted"));
        }
    }

    /// The connection ends within two seconds, too: whichever comes first.
    private static void deniedOrCut(ThrowingCallable what) {
        assertThatThrownBy(what)
                .satisfiesAnyOf(it -> assertThat(it).isNotInstanceOf(Rejected.class), it -> assertThat(it)
                        .asInstanceOf(type(Rejected.class))
                        .extracting(Rejected::statusCode)
                        .isEqualTo(403));
    }

    private static void rejected(int statusCode, String errorCode, ThrowingCallable what) {
        assertThatThrownBy(what).asInstanceOf(type(Rejected.class)).satisfies(it -> {
            assertThat(it.statusCode()).isEqualTo(statusCode);
            assertThat(it.errorCode()).isEqualTo(errorCode);
            assertThat(it).hasMessageContaining("(attempt ");
        });
    }

    private String named(String what) {
        return what + "-" + sdk.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> serial(String number) {
        return Map.of("SerialNumber", number);
    }
}
