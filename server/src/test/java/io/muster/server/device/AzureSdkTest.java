package io.muster.server.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientRegistrationResult;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientStatus;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientSubstatus;
import com.microsoft.azure.sdk.iot.provisioning.security.SecurityProvider;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.muster.server.testkit.AzureSdk;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Installation;
import io.muster.server.testkit.SdkIdentities;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// An unmodified device of Azure's enrolls, whatever proves it.
class AzureSdkTest {

    @AutoClose
    private static final Installation HOUSE = Installation.open();

    private static final Customer ACME = Customer.create(HOUSE.operator(), "acme");
    private static final Maker MAKER = Maker.found("Pump Works");

    @BeforeAll
    static void enroll() {
        ACME.trusts("pumps", MAKER.rootPem());
    }

    @Test
    void a_device_with_a_key_of_its_own_enrolls() throws Exception {
        String key = ACME.givesKey("lab-bench", "bench-1");

        enrollsTwiceAsOneDevice(SdkIdentities.key("bench-1", key), "bench-1");
    }

    @Test
    void a_device_with_a_key_derived_from_its_groups_key_enrolls() throws Exception {
        String key = ACME.sharesKeyInBase64("meters");

        enrollsTwiceAsOneDevice(SdkIdentities.derivedKey("meter-1", key), "meter-1");
    }

    @Test
    void a_device_with_a_certificate_from_an_intermediate_of_a_registered_authority_enrolls() throws Exception {
        enrollsTwiceAsOneDevice(SdkIdentities.certificate(MAKER.make("pump-1")), "pump-1");
    }

    @Test
    void a_device_whose_very_certificate_is_registered_enrolls() throws Exception {
        X509Device device = Maker.found("Nobody's Workshop").make("lone-1");
        ACME.pins("lone", device);

        enrollsTwiceAsOneDevice(SdkIdentities.certificate(device), "lone-1");
    }

    @Test
    void payloads_go_both_ways() throws Exception {
        String handed = ACME.file("handed.json", "{\"interval\":60,\"units\":[\"bar\",\"°C\"]}");
        String key = ACME.givesKey("talkative", "talker-1", "--payload", handed);

        ProvisioningDeviceClientRegistrationResult result =
                sdk().register(SdkIdentities.key("talker-1", key), Optional.of("{\"model\":\"P-7\",\"höhe\":12.50}"));

        assertThat(result.getProvisioningPayload()).isEqualTo("{\"interval\":60,\"units\":[\"bar\",\"°C\"]}");
        JsonNode said = ACME.device("talker-1").path("payload");
        assertThat(said.path("model").asText()).isEqualTo("P-7");
        assertThat(said.path("höhe").asDouble()).isEqualTo(12.5);
    }

    private static void enrollsTwiceAsOneDevice(SecurityProvider identity, String name) throws Exception {
        ProvisioningDeviceClientRegistrationResult first = sdk().register(identity);
        ProvisioningDeviceClientRegistrationResult second = sdk().register(identity);

        assertThat(first.getProvisioningDeviceClientStatus())
                .isEqualTo(ProvisioningDeviceClientStatus.PROVISIONING_DEVICE_STATUS_ASSIGNED);
        assertThat(first.getSubstatus()).isEqualTo(ProvisioningDeviceClientSubstatus.INITIAL_ASSIGNMENT);
        assertThat(first.getIothubUri()).isEqualTo(Customer.HUB);
        assertThat(first.getDeviceId()).isEqualTo(name);
        assertThat(second.getSubstatus())
                .isEqualTo(ProvisioningDeviceClientSubstatus.REPROVISIONED_TO_INITIAL_ASSIGNMENT);
        assertThat(second.getDeviceId()).isEqualTo(name);
        assertThat(second.getCreatedDateTimeUtc()).isEqualTo(first.getCreatedDateTimeUtc());
        assertThat(ACME.devices())
                .extracting(device -> device.path("registrationId").asText())
                .containsOnlyOnce(name);
        assertThat(ACME.why(name).path("result").asText()).isEqualTo("accepted");
    }

    private static AzureSdk sdk() throws Exception {
        return AzureSdk.trusting(HOUSE.target(ACME.scope()));
    }
}
