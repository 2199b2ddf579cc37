package io.muster.server.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.microsoft.azure.sdk.iot.device.ClientOptions;
import com.microsoft.azure.sdk.iot.device.DeviceClient;
import com.microsoft.azure.sdk.iot.device.Message;
import com.microsoft.azure.sdk.iot.device.exceptions.IotHubClientException;
import com.microsoft.azure.sdk.iot.device.transport.ExponentialBackoffWithJitter;
import com.microsoft.azure.sdk.iot.device.transport.IotHubConnectionStatus;
import com.microsoft.azure.sdk.iot.provisioning.security.SecurityProvider;
import io.muster.fleet.device.Maker;
import io.muster.server.testkit.FreePorts;
import io.muster.server.testkit.Installation;
import io.muster.server.testkit.SdkIdentities;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Azure's device SDK, unmodified, at the hub that it was assigned by DPS. It knows no other ports than 8883 and, for
/// WebSockets, 443.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AzureHubTest {

    private static final int MESSAGES = 100;
    private static final Duration PROMISED = Duration.ofSeconds(2);
    private static final int TOKEN_SECONDS = 6;

    private Installation house;
    private HubCustomer acme;
    private Maker maker;

    @BeforeAll
    void open() {
        FreePorts.needs(443, 8883);
        house = Installation.open("listeners.https.port=443", "listeners.mqtt.port=8883");
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
            await().untilAsserted(
                            () -> assertThat(acme.presence(name)).isEqualTo("connected hub-azure-mqtt 127.0.0.0/24"));
            for (int i = 0; i < MESSAGES; i++) {
                Message message = new Message("reading " + i);
                message.setContentType("text/plain");
                message.setProperty("höhe", "12 m/s + 50%");
                device.sendEvent(message);
            }
        } finally {
            device.close();
        }
        assertThat(acme.payloads(name))
                .isEqualTo(IntStream.range(0, MESSAGES)
                        .mapToObj(i -> "reading " + i)
                        .toList());
        await().untilAsserted(() ->
                assertThat(acme.presence(name)).isEqualTo("disconnected left hub-azure-mqtt 127.0.0.0/24"));
    }

    @Test
    void a_device_speaks_mqtt_in_a_websocket_as_well() throws Exception {
        DeviceClient device = HubSdk.inWebSocket(HubCustomer.HOST, "bench-6", registered("bench-6"));
        device.open(false);
        device.sendEvent(new Message("through the firewall"));
        await().untilAsserted(() ->
                assertThat(acme.presence("bench-6")).isEqualTo("connected hub-azure-mqtt-ws 127.0.0.0/24"));
        device.close();

        assertThat(acme.payloads("bench-6")).containsExactly("through the firewall");
    }

    @Test
    void a_device_with_a_wrong_key_is_not_let_in_and_the_operator_reads_why() throws Exception {
        registered("bench-1");
        SecurityProvider wrong =
                SdkIdentities.key("bench-1", Base64.getEncoder().encodeToString(new byte[32]));

        refused(HubSdk.client(HubCustomer.HOST, "bench-1", wrong));
        assertThat(acme.customer().why("bench-1").path("code").asText()).isEqualTo("token_signature_wrong");
    }

    @Test
    void a_device_that_is_assigned_to_another_hub_or_was_never_enrolled_is_not_let_in() throws Exception {
        String key = acme.customer().givesKey("elsewhere", "elsewhere-1", "--hub", "eu-1");
        SecurityProvider identity = SdkIdentities.key("elsewhere-1", key);
        refused(HubSdk.client(HubCustomer.HOST, "elsewhere-1", identity));

        HubSdk.of(acme).dps().register(identity);
        refused(HubSdk.client(HubCustomer.HOST, "elsewhere-1", identity));
    }

    private static void refused(DeviceClient device) {
        assertThatThrownBy(() -> device.open(false))
                .isInstanceOf(IotHubClientException.class)
                .hasRootCauseMessage("Not authorized to connect");
    }

    @Test
    void a_device_is_sent_away_within_two_seconds_when_its_enrollment_is_disabled() throws Exception {
        SecurityProvider identity = registered("bench-2");
        DeviceClient device = HubSdk.client(HubCustomer.HOST, "bench-2", identity);
        Watcher watcher = Watcher.of(device);
        device.open(false);

        acme.customer().types("enrollment", "disable", "bench-2");

        long returned = System.nanoTime();
        assertThat(Duration.ofNanos(watcher.over().get(20, TimeUnit.SECONDS) - returned))
                .isLessThan(PROMISED);
        refused(HubSdk.client(HubCustomer.HOST, "bench-2", identity));
    }

    @Test
    void a_device_in_quarantine_may_come_again_and_is_heard() throws Exception {
        SecurityProvider identity = registered("bench-3");
        DeviceClient device = HubSdk.client(HubCustomer.HOST, "bench-3", identity);
        Watcher watcher = Watcher.of(device);
        device.open(false);

        acme.customer().types("device", "quarantine", "bench-3", "--reason", "drill");
        watcher.over().get(20, TimeUnit.SECONDS);

        DeviceClient again = HubSdk.client(HubCustomer.HOST, "bench-3", identity);
        again.open(false);
        again.sendEvent(new Message("help"));
        again.close();
        assertThat(acme.aside("bench-3")).containsExactly("help");
        assertThat(acme.payloads("bench-3")).isEmpty();
    }

    @Test
    void a_connection_ends_with_its_token_and_the_sdk_comes_again_with_a_new_one() throws Exception {
        SecurityProvider identity = registered("bench-4");
        ClientOptions brief =
                ClientOptions.builder().sasTokenExpiryTime(TOKEN_SECONDS).build();
        DeviceClient device = HubSdk.client(HubCustomer.HOST, "bench-4", identity, brief);
        device.setRetryPolicy(new ExponentialBackoffWithJitter());
        Watcher watcher = Watcher.of(device);
        device.open(true);
        device.sendEvent(new Message("before"));

        watcher.over().get(2L * TOKEN_SECONDS, TimeUnit.SECONDS);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> watcher.heard().getLast() == IotHubConnectionStatus.CONNECTED);
        device.sendEvent(new Message("after"));
        device.close();

        assertThat(acme.payloads("bench-4")).containsExactly("before", "after");
    }

    @Test
    void whoever_asks_for_its_twin_is_told_at_once_that_there_is_none() throws Exception {
        DeviceClient device = HubSdk.client(HubCustomer.HOST, "bench-5", registered("bench-5"));
        device.open(false);
        device.subscribeToDesiredProperties((twin, context) -> {}, "");
        long began = System.nanoTime();

        assertThatThrownBy(device::getTwin).isInstanceOf(IotHubClientException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        device.sendEvent(new Message("still here"));
        device.close();
        assertThat(acme.payloads("bench-5")).containsExactly("still here");
    }

    /// By an enrollment of its own, of the same name.
    private SecurityProvider registered(String name) throws Exception {
        SecurityProvider identity =
                SdkIdentities.key(name, acme.customer().givesKey(name, name, "--hub", HubCustomer.HERE));
        HubSdk.of(acme).dps().register(identity);
        return identity;
    }
}
