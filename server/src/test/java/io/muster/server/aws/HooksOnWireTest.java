package io.muster.server.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.muster.fleet.aws.ThingTemplate;
import io.muster.fleet.device.CertificateRequest;
import io.muster.fleet.device.Keysmith;
import io.muster.fleet.device.X509Device;
import io.muster.server.aws.AwsSdk.Certificate;
import io.muster.server.aws.AwsSdk.Connection;
import io.muster.server.testkit.AzureSdk;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.HookReceiver;
import io.muster.server.testkit.Installation;
import io.muster.server.testkit.SdkIdentities;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Unmodified devices of AWS's and Azure's SDKs, and an operator's own service that is asked about them.
class HooksOnWireTest {

    @AutoClose
    private static final HookReceiver HOOK = HookReceiver.open(HooksOnWireTest::answer);

    @AutoClose
    private static final Installation HOUSE = Installation.open(HOOK.settings());

    private static final AwsCustomer ACME = AwsCustomer.create(HOUSE.operator(), "acme");

    private static String answer(String question) {
        if (question.contains("linkedHubs")) {
            String host = question.contains("stray") ? "elsewhere.example.com" : "eu-2.example.com";
            return "{\"iotHubHostName\":\"" + host + "\",\"payload\":{\"from\":\"hook\"}}";
        }
        return question.contains("bad-thing")
                ? "{\"allowProvisioning\":false}"
                : "{\"allowProvisioning\":true,\"parameterOverrides\":{}}";
    }

    @Test
    void a_device_of_azures_goes_where_the_hook_says_and_nowhere_else() throws Exception {
        Customer customer = ACME.customer();
        customer.types("hub", "create", "eu-2", "--region", "eu", "--endpoint", "mqtts://eu-2.example.com:8883");
        String key = customer.sharesKeyInBase64(
                "meters", "--allocation", "custom", "--hook", HOOK.url(), "--hub", "eu-1", "--hub", "eu-2");
        AzureSdk sdk = AzureSdk.trusting(HOUSE.target(customer.scope()));

        var result = sdk.register(SdkIdentities.derivedKey("meter-1", key), Optional.of("{\"model\":\"M-1\"}"));
        assertThat(result.getIothubUri()).isEqualTo("eu-2.example.com");
        assertThat(result.getProvisioningPayload()).contains("from").contains("hook");
        assertThat(HOOK.asked()).anySatisfy(it -> assertThat(it)
                .contains("\"registrationId\":\"meter-1\"", "\"model\":\"M-1\"", "eu-1.example.com")
                .doesNotContain(key));

        Throwable refused = catchThrowable(() -> sdk.register(SdkIdentities.derivedKey("stray-1", key)));
        assertThat(refused).hasStackTraceContaining("hook_failed");
        assertThat(customer.why("stray-1").toString()).contains("not linked to");
        assertThat(customer.devices())
                .noneMatch(it -> it.path("registrationId").asText().equals("stray-1"));
    }

    @Test
    void a_device_of_awss_is_made_where_the_hook_allows_it() throws Exception {
        Customer customer = ACME.customer();
        String template = customer.file("things.json", ThingTemplate.BODY);
        customer.types(
                "enrollment",
                "create",
                "things",
                "--template",
                template,
                "--hub",
                "eu-1",
                "--pre-provisioning-hook",
                HOOK.url());
        X509Device claim = ACME.claim("line-1", "things");

        assertThat(registers(claim, "good-thing")).isEqualTo("good-thing");
        Throwable refused = catchThrowable(() -> registers(claim, "bad-thing"));
        assertThat(refused).isInstanceOf(Rejected.class);
        assertThat(customer.why("bad-thing").path("code").asText()).isEqualTo("hook_denied");
        assertThat(HOOK.asked()).anySatisfy(it -> assertThat(it)
                .contains("\"claimCertificateId\"", "\"clientId\":\"good-thing\"", "BEGIN CERTIFICATE"));
    }

    private static String registers(X509Device claim, String name) throws Exception {
        CertificateRequest request = new Keysmith().request(name);
        try (Connection connection = AwsSdk.V2_OVER_311.connect(Endpoint.of(HOUSE), claim, name)) {
            Certificate certificate = connection.identity().createFromCsr(Thing.pem(request));
            return connection
                    .identity()
                    .register("things", certificate.ownershipToken(), Map.of("SerialNumber", name))
                    .thingName();
        }
    }
}
