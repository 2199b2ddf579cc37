package io.muster.server.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.azure.sdk.iot.provisioning.security.SecurityProvider;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.muster.server.testkit.AzureSdk;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Installation;
import io.muster.server.testkit.SdkIdentities;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// An unmodified device of Azure's that is refused reads why, and so does the operator.
class AzureSdkRefusedTest {

    private static final String WRONG_KEY = Base64.getEncoder().encodeToString(new byte[32]);

    @AutoClose
    private static final Installation HOUSE = Installation.open();

    private static final Customer ACME = Customer.create(HOUSE.operator(), "acme");
    private static final Maker MAKER = Maker.found("Pump Works");

    @BeforeAll
    static void enroll() {
        ACME.trusts("pumps", MAKER.rootPem());
        ACME.sharesKey("meters");
    }

    @Test
    void a_wrong_key() throws Exception {
        ACME.givesKey("bench", "bench-1");

        assertThat(refusal(SdkIdentities.key("bench-1", WRONG_KEY))).contains("The token's signature is wrong");
        operatorReads("bench-1", "token_signature_wrong");
    }

    @Test
    void a_key_that_is_derived_from_another_groups_key() throws Exception {
        assertThat(refusal(SdkIdentities.derivedKey("meter-9", WRONG_KEY))).contains("The token's signature is wrong");
        operatorReads("meter-9", "token_signature_wrong");
    }

    @Test
    void a_wrong_scope() throws Exception {
        AzureSdk elsewhere = sdk().inScope("umbrella");

        assertThat(words(catchThrowable(() -> elsewhere.register(SdkIdentities.key("bench-2", WRONG_KEY)))))
                .contains("The ID scope is unknown", "unknown_tenant");
    }

    @Test
    void the_scope_of_another_customer() throws Exception {
        Customer other = Customer.create(HOUSE.operator(), "umbrella-works");
        String key = ACME.givesKey("bench-of-acme", "bench-3");
        AzureSdk elsewhere = sdk().inScope(other.scope());

        assertThat(words(catchThrowable(() -> elsewhere.register(SdkIdentities.key("bench-3", key)))))
                .contains("The device is not enrolled");
        assertThat(other.devices()).isEmpty();
    }

    @Test
    void a_certificate_of_a_maker_that_nobody_registered() throws Exception {
        X509Device rogue = Maker.found("Rogue Works").make("rogue-1");

        assertThat(refusal(SdkIdentities.certificate(rogue))).contains("The certificate chain is incomplete");
        operatorReads("rogue-1", "chain_incomplete");
        assertThat(ACME.types("why", "rogue-1")).contains("CN=Rogue Works Root CA", "CN=Pump Works Root CA");
    }

    @Test
    void a_certificate_of_a_maker_that_only_calls_itself_like_the_registered_one() throws Exception {
        X509Device rogue = Maker.found("Pump Works").make("rogue-2");

        assertThat(refusal(SdkIdentities.certificate(rogue))).contains("The certificate's issuer is unknown");
        operatorReads("rogue-2", "ca_unknown");
    }

    @Test
    void a_certificate_that_names_another_device() throws Exception {
        SecurityProvider identity = SdkIdentities.certificate(MAKER.make("pump-7"), "pump-8");

        assertThat(refusal(identity)).contains("The certificate names another device");
        operatorReads("pump-8", "name_mismatch");
    }

    @Test
    void a_certificate_that_is_not_the_pinned_one() throws Exception {
        Maker workshop = Maker.found("Nobody's Workshop");
        ACME.pins("lone", workshop.make("lone-1"));

        assertThat(refusal(SdkIdentities.certificate(workshop.make("lone-1"))))
                .contains("The certificate is not the one that is enrolled");
        operatorReads("lone-1", "certificate_not_pinned");
    }

    @Test
    void a_certificate_where_the_enrollment_wants_a_key() throws Exception {
        ACME.givesKey("keyed", "keyed-1");

        assertThat(refusal(SdkIdentities.certificate(MAKER.make("keyed-1")))).contains("another kind of evidence");
        operatorReads("keyed-1", "evidence_mismatch");
    }

    @Test
    void a_disabled_enrollment_until_it_is_enabled_again() throws Exception {
        String key = ACME.givesKey("paused", "paused-1", "--disabled");
        SecurityProvider identity = SdkIdentities.key("paused-1", key);

        assertThat(refusal(identity)).contains("The enrollment is disabled");
        operatorReads("paused-1", "enrollment_disabled");

        ACME.types("enrollment", "enable", "paused");
        assertThat(sdk().register(identity).getDeviceId()).isEqualTo("paused-1");
        assertThat(ACME.why("paused-1").path("code").asText()).isEqualTo("initial");
    }

    @Test
    void a_known_device_with_a_new_key_in_its_certificate() throws Exception {
        sdk().register(SdkIdentities.certificate(MAKER.make("rebuilt-1")));
        SecurityProvider rebuilt = SdkIdentities.certificate(MAKER.make("rebuilt-1"));

        assertThat(refusal(rebuilt)).contains("The device is known with another key");
        operatorReads("rebuilt-1", "identity_key_changed");

        ACME.types("enrollment", "change", "pumps", "--key-change", "allow");
        assertThat(sdk().register(rebuilt).getDeviceId()).isEqualTo("rebuilt-1");
        ACME.types("enrollment", "change", "pumps", "--key-change", "refuse");
    }

    /// The operator reads the same code, the check that failed, and what to do; nothing enrolled.
    private static void operatorReads(String name, String code) {
        JsonNode attempt = ACME.why(name);
        assertThat(attempt.path("result").asText()).isEqualTo("refused");
        assertThat(attempt.path("code").asText()).isEqualTo(code);
        assertThat(attempt.path("remedy").asText()).isNotBlank();
        assertThat(attempt.path("checks"))
                .anySatisfy(check -> assertThat(check.path("verdict").asText()).isEqualTo("fail"));
        assertThat(ACME.types("why", name)).contains(name + " was refused.", "What to do next:");
    }

    private static String refusal(SecurityProvider identity) throws Exception {
        AzureSdk sdk = sdk();
        return words(catchThrowable(() -> sdk.register(identity)));
    }

    /// What the application can log of a failed registration.
    private static String words(Throwable failure) {
        assertThat(failure).isNotNull();
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .map(cause -> String.valueOf(cause.getMessage()))
                .collect(Collectors.joining("\n"));
    }

    private static AzureSdk sdk() throws Exception {
        return AzureSdk.trusting(HOUSE.target(ACME.scope()));
    }
}
