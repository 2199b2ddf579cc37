package io.muster.server.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientRegistrationResult;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientSubstatus;
import com.microsoft.azure.sdk.iot.provisioning.security.SecurityProvider;
import io.muster.fleet.device.Maker;
import io.muster.server.testkit.AzureSdk;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Installation;
import io.muster.server.testkit.MovableClock;
import io.muster.server.testkit.SdkIdentities;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A node whose clock is more than five minutes off the database's enrolls nobody, and turns nobody away.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClockTest {

    /// In minutes; then the device's certificate is not valid yet.
    private static final int THREE_DAYS = 3 * 24 * 60;

    private static final MovableClock CLOCK = new MovableClock();

    @AutoClose
    private static final Installation HOUSE = Installation.open(CLOCK);

    private static final Customer ACME = Customer.create(HOUSE.operator(), "acme");
    private static final Maker MAKER = Maker.found("Pump Works");

    @BeforeAll
    static void enroll() {
        ACME.trusts("pumps", MAKER.rootPem());
    }

    @ParameterizedTest
    @ValueSource(ints = {10, -10, -THREE_DAYS})
    void a_device_waits_while_the_clock_is_wrong_and_is_assigned_once_it_is_right(int minutes) throws Exception {
        String name = "pump-" + Math.abs(minutes) + (minutes < 0 ? "-behind" : "-ahead");
        SecurityProvider identity = SdkIdentities.certificate(MAKER.make(name));
        AzureSdk sdk = AzureSdk.trusting(HOUSE.target(ACME.scope()));

        CLOCK.beOff(Duration.ofMinutes(minutes));
        CompletableFuture<ProvisioningDeviceClientRegistrationResult> registration =
                CompletableFuture.supplyAsync(() -> register(sdk, identity));
        isDeferred(name);
        assertThat(ACME.devices())
                .noneMatch(device -> device.path("registrationId").asText().equals(name));
        assertThat(registration).isNotDone();
        CLOCK.beOff(Duration.ZERO);

        assertThat(registration.get(30, TimeUnit.SECONDS).getIothubUri()).isEqualTo(Customer.HUB);
        assertThat(ACME.device(name).path("version").asInt()).isEqualTo(1);
    }

    @Test
    void a_device_whose_enrollment_was_disabled_while_it_waited_reads_so() throws Exception {
        SecurityProvider identity = SdkIdentities.key("unlucky", ACME.givesKey("unlucky", "unlucky"));
        AzureSdk sdk = AzureSdk.trusting(HOUSE.target(ACME.scope()));

        CLOCK.beOff(Duration.ofMinutes(10));
        CompletableFuture<ProvisioningDeviceClientRegistrationResult> registration =
                CompletableFuture.supplyAsync(() -> register(sdk, identity));
        isDeferred("unlucky");
        ACME.types("enrollment", "disable", "unlucky");
        CLOCK.beOff(Duration.ZERO);

        assertThat(registration)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .havingRootCause()
                .withMessageContaining("The enrollment is disabled");
        assertThat(ACME.why("unlucky").path("code").asText()).isEqualTo("enrollment_disabled");
    }

    @Test
    void what_a_device_was_promised_is_kept_over_a_restart() throws Exception {
        MovableClock clock = new MovableClock();
        try (Installation house = Installation.open(clock)) {
            Customer customer = Customer.create(house.operator(), "acme");
            SecurityProvider identity = SdkIdentities.key("patient", customer.givesKey("patient", "patient"));
            AzureSdk sdk = AzureSdk.trusting(house.target("acme"));
            clock.beOff(Duration.ofMinutes(10));
            CompletableFuture<ProvisioningDeviceClientRegistrationResult> cutOff =
                    CompletableFuture.supplyAsync(() -> register(sdk, identity));
            isDeferred(house, "patient");

            house.stop();
            assertThat(cutOff).failsWithin(Duration.ofSeconds(30));
            clock.beOff(Duration.ZERO);
            house.startAgain();

            Awaitility.await()
                    .atMost(30, TimeUnit.SECONDS)
                    .until(() -> customer.devices().size() == 1);
            ProvisioningDeviceClientRegistrationResult later =
                    register(AzureSdk.trusting(house.target("acme")), identity);
            assertThat(later.getSubstatus())
                    .isEqualTo(ProvisioningDeviceClientSubstatus.REPROVISIONED_TO_INITIAL_ASSIGNMENT);
        }
    }

    /// Last: what was committed by a clock that is ahead stays in the way of one that is right.
    @Test
    @Order(Integer.MAX_VALUE)
    void four_minutes_are_forgiven_and_a_step_back_from_there_is_not() throws Exception {
        AzureSdk sdk = AzureSdk.trusting(HOUSE.target(ACME.scope()));
        SecurityProvider before = SdkIdentities.key("before", ACME.givesKey("before", "before"));
        SecurityProvider after = SdkIdentities.key("after", ACME.givesKey("after", "after"));

        CLOCK.beOff(Duration.ofMinutes(4));
        assertThat(register(sdk, before).getDeviceId()).isEqualTo("before");
        CLOCK.beOff(Duration.ZERO);
        CompletableFuture<ProvisioningDeviceClientRegistrationResult> registration =
                CompletableFuture.supplyAsync(() -> register(sdk, after));
        isDeferred("after");
        CLOCK.beOff(Duration.ofMinutes(4));

        assertThat(registration.get(30, TimeUnit.SECONDS).getDeviceId()).isEqualTo("after");
    }

    private static void isDeferred(String name) {
        isDeferred(HOUSE, name);
    }

    private static void isDeferred(Installation house, String name) {
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> house.operator()
                .tries("why", name, "--tenant", "acme")
                .out()
                .contains("was deferred"));
    }

    private static ProvisioningDeviceClientRegistrationResult register(AzureSdk sdk, SecurityProvider identity) {
        try {
            return sdk.register(identity);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
