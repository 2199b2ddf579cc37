package io.muster.server.tpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientRegistrationResult;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientStatus;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientSubstatus;
import com.microsoft.azure.sdk.iot.provisioning.security.SecurityProvider;
import io.muster.attestors.tpm.testkit.Swtpm;
import io.muster.server.testkit.AzureSdk;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.Installation;
import io.muster.server.testkit.MovableClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The published Azure SDK, unmodified, on a board with a TPM: the first answer is a challenge, and the same board is
/// the same device whenever it comes.
class AzureTpmTest {

    private static final MovableClock CLOCK = new MovableClock();

    @AutoClose
    private static final Installation HOUSE = Installation.open(CLOCK);

    private static final Customer ACME = Customer.create(HOUSE.operator(), "acme");
    private static Swtpm tpm;

    @BeforeAll
    static void there_is_a_chip() throws Exception {
        assumeTrue(Swtpm.isInstalled(), "swtpm and tpm2-tools are not installed");
        tpm = Swtpm.manufactured(Ground.folder("chip"));
    }

    @AfterAll
    static void it_is_stopped() throws Exception {
        if (tpm != null) {
            tpm.close();
        }
    }

    @Test
    void a_board_whose_endorsement_key_is_registered_enrolls_and_is_the_same_device_again() throws Exception {
        TpmIdentity identity = registered(ACME);
        AzureSdk sdk = AzureSdk.trusting(HOUSE.target("acme"));

        ProvisioningDeviceClientRegistrationResult first = sdk.register(identity);
        ProvisioningDeviceClientRegistrationResult second = sdk.register(new TpmIdentity(tpm));

        assertThat(first.getProvisioningDeviceClientStatus())
                .isEqualTo(ProvisioningDeviceClientStatus.PROVISIONING_DEVICE_STATUS_ASSIGNED);
        assertThat(first.getSubstatus()).isEqualTo(ProvisioningDeviceClientSubstatus.INITIAL_ASSIGNMENT);
        assertThat(first.getIothubUri()).isEqualTo(Customer.HUB);
        assertThat(second.getDeviceId()).isEqualTo(first.getDeviceId());
        assertThat(ACME.devices()).hasSize(1);
    }

    /// Its token is all that the SDK sends when it asks whether the wait is over.
    @Test
    void a_board_waits_while_the_clock_is_wrong_and_is_assigned_once_it_is_right() throws Exception {
        Customer customer = Customer.create(HOUSE.operator(), "patient");
        TpmIdentity identity = registered(customer);
        String name = identity.getRegistrationId(); // asks the chip, which serves one at a time
        AzureSdk sdk = AzureSdk.trusting(HOUSE.target("patient"));

        CLOCK.beOff(Duration.ofMinutes(10));
        CompletableFuture<ProvisioningDeviceClientRegistrationResult> registration =
                CompletableFuture.supplyAsync(() -> register(sdk, identity));
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> HOUSE.operator()
                .tries("why", name, "--tenant", "patient")
                .out()
                .contains("was deferred"));
        CLOCK.beOff(Duration.ZERO);

        assertThat(registration.get(30, TimeUnit.SECONDS).getProvisioningDeviceClientStatus())
                .isEqualTo(ProvisioningDeviceClientStatus.PROVISIONING_DEVICE_STATUS_ASSIGNED);
        assertThat(customer.devices()).hasSize(1);
    }

    private static TpmIdentity registered(Customer customer) throws Exception {
        TpmIdentity identity = new TpmIdentity(tpm);
        tpm.run("tpm2_readpublic -Q -c " + Swtpm.RSA_ENDORSEMENT + " -f pem -o ek.pem");
        customer.asks(
                "enrollment",
                "create",
                "lab-board",
                "--tpm-ek",
                tpm.folder().resolve("ek.pem").toString(),
                "--registration-id",
                identity.getRegistrationId());
        return identity;
    }

    private static ProvisioningDeviceClientRegistrationResult register(AzureSdk sdk, SecurityProvider identity) {
        try {
            return sdk.register(identity);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
