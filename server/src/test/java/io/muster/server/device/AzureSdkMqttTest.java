package io.muster.server.device;

import static com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientTransportProtocol.MQTT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientRegistrationResult;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientStatus;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientSubstatus;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientTransportProtocol;
import com.microsoft.azure.sdk.iot.provisioning.security.SecurityProvider;
import io.muster.fleet.device.Maker;
import io.muster.server.testkit.AzureSdk;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.FreePorts;
import io.muster.server.testkit.Installation;
import io.muster.server.testkit.SdkIdentities;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// An unmodified device of Azure's enrolls over MQTT. Its SDK knows no other ports than 8883 and, for WebSockets,
/// 443.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AzureSdkMqttTest {

    private static final int REGISTRATIONS = 50;
    private static final int AT_ONCE = 10;

    private Installation house;
    private Customer acme;
    private Maker maker;

    @BeforeAll
    void open() {
        FreePorts.needs(443, 8883);
        house = Installation.open("listeners.https.port=443", "listeners.mqtt.port=8883");
        acme = Customer.create(house.operator(), "acme");
        maker = Maker.found("Pump Works");
        acme.trusts("pumps", maker.rootPem());
    }

    @AfterAll
    void close() {
        if (house != null) {
            house.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MQTT", "MQTT_WS"})
    void a_device_with_a_derived_key_enrolls(ProvisioningDeviceClientTransportProtocol protocol) throws Exception {
        String name = "meter-" + protocol.name().toLowerCase(Locale.ROOT).replace('_', '-');
        String key = acme.sharesKeyInBase64(name);

        enrollsTwiceAsOneDevice(protocol, SdkIdentities.derivedKey(name, key), name);
    }

    @Test
    void facts_that_do_not_fit_are_refused_over_mqtt_too() throws Exception {
        String schema = acme.file("facts.json", "{\"properties\":{\"type\":{\"const\":\"valve\"}}}");
        String key = acme.sharesKeyInBase64("valves", "--facts-schema", schema);
        AzureSdk sdk = AzureSdk.trusting(house.target(acme.scope())).over(MQTT);
        SecurityProvider identity = SdkIdentities.derivedKey("valve-1", key);

        assertThat(catchThrowable(() -> sdk.register(identity, Optional.of("{\"type\":\"boat\"}"))))
                .hasStackTraceContaining("facts_refused");
        assertThat(acme.devices())
                .noneMatch(it -> it.path("registrationId").asText().equals("valve-1"));
        sdk.register(SdkIdentities.derivedKey("valve-1", key), Optional.of("{\"type\":\"valve\"}"));
        assertThat(acme.device("valve-1").at("/payload/type").asText()).isEqualTo("valve");
    }

    @ParameterizedTest
    @EnumSource(names = {"MQTT", "MQTT_WS"})
    void a_device_with_a_certificate_enrolls(ProvisioningDeviceClientTransportProtocol protocol) throws Exception {
        String name = "pump-" + protocol.name().toLowerCase(Locale.ROOT).replace('_', '-');

        enrollsTwiceAsOneDevice(protocol, SdkIdentities.certificate(maker.make(name)), name);
    }

    @Test
    void payloads_go_both_ways() throws Exception {
        String handed = acme.file("handed.json", "{\"interval\":60}");
        String key = acme.givesKey("talkative", "talker-1", "--payload", handed);

        ProvisioningDeviceClientRegistrationResult result =
                sdk(MQTT).register(SdkIdentities.key("talker-1", key), Optional.of("{\"model\":\"P-7\"}"));

        assertThat(result.getProvisioningPayload()).isEqualTo("{\"interval\":60}");
        assertThat(acme.device("talker-1").at("/payload/model").asText()).isEqualTo("P-7");
    }

    @Test
    void every_fast_answer_arrives() throws Exception {
        String key = acme.sharesKeyInBase64("fast");
        AzureSdk sdk = sdk(MQTT);
        List<Callable<String>> devices = IntStream.range(0, REGISTRATIONS)
                .<Callable<String>>mapToObj(i -> () ->
                        sdk.register(SdkIdentities.derivedKey("fast-" + i, key)).getDeviceId())
                .toList();

        List<String> registered = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (Future<String> device : threads.invokeAll(devices)) {
                registered.add(device.get());
            }
        }

        assertThat(registered)
                .isEqualTo(IntStream.range(0, REGISTRATIONS)
                        .mapToObj(i -> "fast-" + i)
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(names = {"MQTT", "MQTT_WS"})
    void a_device_with_a_wrong_key_is_not_let_in_and_the_operator_reads_why(
            ProvisioningDeviceClientTransportProtocol protocol) {
        String name = "bench-" + protocol.name().toLowerCase(Locale.ROOT).replace('_', '-');
        acme.givesKey(name, name);
        SecurityProvider wrong = SdkIdentities.key(name, Base64.getEncoder().encodeToString(new byte[32]));

        Throwable refusal = catchThrowable(() -> sdk(protocol).register(wrong));

        assertThat(words(refusal)).contains("Not authorized");
        assertThat(acme.why(name).path("code").asText()).isEqualTo("token_signature_wrong");
    }

    private void enrollsTwiceAsOneDevice(
            ProvisioningDeviceClientTransportProtocol protocol, SecurityProvider identity, String name)
            throws Exception {
        ProvisioningDeviceClientRegistrationResult first = sdk(protocol).register(identity);
        ProvisioningDeviceClientRegistrationResult second = sdk(protocol).register(identity);

        assertThat(first.getProvisioningDeviceClientStatus())
                .isEqualTo(ProvisioningDeviceClientStatus.PROVISIONING_DEVICE_STATUS_ASSIGNED);
        assertThat(first.getSubstatus()).isEqualTo(ProvisioningDeviceClientSubstatus.INITIAL_ASSIGNMENT);
        assertThat(first.getIothubUri()).isEqualTo(Customer.HUB);
        assertThat(first.getDeviceId()).isEqualTo(name);
        assertThat(second.getSubstatus())
                .isEqualTo(ProvisioningDeviceClientSubstatus.REPROVISIONED_TO_INITIAL_ASSIGNMENT);
        assertThat(second.getDeviceId()).isEqualTo(name);
        assertThat(acme.why(name).path("result").asText()).isEqualTo("accepted");
    }

    private AzureSdk sdk(ProvisioningDeviceClientTransportProtocol protocol) throws Exception {
        return AzureSdk.trusting(house.target(acme.scope())).over(protocol);
    }

    private static String words(Throwable thrown) {
        return Stream.iterate(thrown, it -> it != null, Throwable::getCause)
                .map(String::valueOf)
                .collect(Collectors.joining("\n"));
    }
}
