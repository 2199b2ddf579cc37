package io.muster.server.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.core.roster.Claim;
import io.muster.fleet.aws.ThingTemplate;
import io.muster.fleet.device.CertificateRequest;
import io.muster.fleet.device.Keysmith;
import io.muster.fleet.device.X509Device;
import io.muster.server.aws.AwsSdk.Certificate;
import io.muster.server.aws.AwsSdk.Connection;
import io.muster.server.aws.AwsSdk.Registration;
import io.muster.server.testkit.Installation;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.api.Test;

/// Unmodified AWS SDKs, from a claim to a device that reports.
@ParameterizedClass
@EnumSource(AwsSdk.class)
class FleetProvisioningTest {

    @AutoClose
    private static final Installation HOUSE = Installation.open();

    @AutoClose
    private static final AwsCustomer ACME = acme();

    private static final X509Device CLAIM = ACME.claim("line-1", "things");

    private final Keysmith keys = new Keysmith();
    private final AwsSdk sdk;
    private final Endpoint endpoint = Endpoint.of(HOUSE);

    FleetProvisioningTest(AwsSdk sdk) {
        this.sdk = sdk;
    }

    private static AwsCustomer acme() {
        AwsCustomer acme = AwsCustomer.create(HOUSE.data(), "acme");
        acme.takesClaims("things", ThingTemplate.BODY);
        return acme;
    }

    private String named(String what) {
        return what + "-" + sdk.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static Map<String, String> serial(String number) {
        return Map.of("SerialNumber", number);
    }

    @Test
    void a_device_gets_a_certificate_for_its_own_key_and_comes_back_with_it() {
        String name = named("own-key");
        CertificateRequest request = keys.request(name);
        X509Device device;
        try (Connection claim = sdk.connect(endpoint, CLAIM, name)) {
            Certificate certificate = claim.identity().createFromCsr(Thing.pem(request));
            assertThat(certificate.id()).matches("[0-9a-f]{64}");
            device = Thing.granted(request, certificate.pem());

            Registration registration =
                    claim.identity().register("things", certificate.ownershipToken(), serial(name));
            assertThat(registration.thingName()).isEqualTo(name);
        }
        comesBack(name, device);
    }

    private void comesBack(String name, X509Device device) {
        try (Connection connection = sdk.connect(endpoint, device, name)) {
            assertThat(connection.publishes("t/" + name + "/telemetry", "{\"t\":21}")).isTrue();
            assertThat(connection.publishes("t/other/telemetry", "{\"t\":21}")).isFalse();
        }
    }
}
