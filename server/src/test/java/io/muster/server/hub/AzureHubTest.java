package io.muster.server.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.sdk.iot.device.DeviceClient;
import com.microsoft.azure.sdk.iot.device.Message;
import com.microsoft.azure.sdk.iot.provisioning.security.SecurityProvider;
import io.muster.fleet.device.Maker;
import io.muster.server.testkit.FreePorts;
import io.muster.server.testkit.Installation;
import io.muster.server.testkit.SdkIdentities;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Azure's device SDK knows no other port than 8883.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AzureHubTest {

    private static final int MESSAGES = 100;

    private Installation house;
    private HubCustomer acme;
    private Maker maker;

    @BeforeAll
    void open() {
        FreePorts.needs(8883);
        house = Installation.open("listeners.mqtt.port=8883");
        acme = HubCustomer.create(house, "acme");
        maker = Maker.found("Pump Works");
        acme.customer().trusts("pumps", maker.rootPem(), "--hub", HubCustomer.HERE);
    }

    @AfterAll
    void close() {
        if (house != null) {
            house.close();
        }
    }

    @Test
    void a_device_with_a_derived_key_enrolls_and_what_it_says_is_kept() throws Exception {
        String key = acme.customer().sharesKeyInBase64("meters", "--hub", HubCustomer.HERE);

        reports(SdkIdentities.derivedKey("meter-1", key), "meter-1");
    }

    @Test
    void a_device_with_a_certificate_enrolls_and_what_it_says_is_kept() throws Exception {
        reports(SdkIdentities.certificate(maker.make("pump-1")), "pump-1");
    }

    private void reports(SecurityProvider identity, String name) throws Exception {
        DeviceClient device = HubSdk.of(acme).registered(identity);
        device.open(false);
        try {
            for (int i = 0; i < MESSAGES; i++) {
                device.sendEvent(new Message("reading " + i));
            }
        } finally {
            device.close();
        }
        assertThat(acme.said(name))
                .extracting(said -> said.path("payload").asText())
                .isEqualTo(IntStream.range(0, MESSAGES)
                        .mapToObj(i -> "reading " + i)
                        .toList());
    }
}
