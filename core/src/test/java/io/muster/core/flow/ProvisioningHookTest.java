package io.muster.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.connectivity.Advice;
import io.muster.core.connectivity.HookUrl;
import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.door.Admitted.Claimant;
import io.muster.core.door.ClaimId;
import io.muster.core.door.Creating;
import io.muster.core.door.CreationRequest;
import io.muster.core.door.CreationRequest.Wanted;
import io.muster.core.door.Refusal;
import io.muster.core.door.Registering;
import io.muster.core.door.RegistrationRequest;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.roster.ProvisioningTemplate;
import io.muster.core.roster.Treatment;
import io.muster.core.template.Template;
import io.muster.core.testkit.Gatehouse;
import io.muster.core.testkit.Sample;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// An operator's hook is asked before a template makes a device.
class ProvisioningHookTest {

    private static final HookUrl HOOK = new HookUrl("https://hooks.example.com/before");
    private static final Name THINGS = new Name("things");
    private static final Claimant LINE_1 =
            new Claimant(Sample.ACME.name(), THINGS, new ClaimId(new UUID(4, 2)), "ab".repeat(32), 100);

    private final Gatehouse house = new Gatehouse(things());

    @Test
    void what_the_hook_sets_stands_in_the_place_of_what_the_device_sends() {
        house.hooks.says(new Advice.Allowed(Map.of("SerialNumber", "pump-7")));
        Registering.Registered registered = (Registering.Registered) registers("pump-1");
        assertThat(registered.device().registrationId()).isEqualTo(Sample.id("pump-7"));
        assertThat(house.ledger.attempts().getFirst().trace())
                .extracting(it -> it.code())
                .contains("hook_allowed");
    }

    @Test
    void a_no_is_forbidden_and_stands_under_the_name_that_the_device_would_have_had() {
        house.hooks.says(new Advice.Denied());
        assertThat(refusal(registers("pump-1"))).isEqualTo(new Refusal.HookDenied());
        assertThat(house.ledger.devices()).isEmpty();
        assertThat(house.ledger.attempts()).singleElement().satisfies(it -> {
            assertThat(it.registrationId()).isEqualTo(Sample.id("pump-1"));
            assertThat(it.code()).isEqualTo("hook_denied");
        });
    }

    @Test
    void silence_is_unavailable_and_a_try_afterwards_makes_one_device() {
        house.hooks.says(new Advice.Failed("did not answer within 5000 ms"));
        Creating.Created created = created();
        assertThat(refusal(registers(created, "pump-1"))).isInstanceOf(Refusal.HookFailed.class);
        house.hooks.says(new Advice.Allowed(Map.of()));
        registers(created, "pump-1");
        registers(created, "pump-1");
        assertThat(house.ledger.devices()).hasSize(1);
    }

    @Test
    void a_parameter_that_the_template_does_not_have_is_no_answer() {
        house.hooks.says(new Advice.Allowed(Map.of("SerialNumber", "pump-1", "Policy", "*")));
        assertThat(refusal(registers("pump-1")))
                .isEqualTo(new Refusal.HookFailed("set a parameter that the template does not have"));
        assertThat(house.ledger.devices()).isEmpty();
    }

    private Creating.Created created() {
        Wanted wanted = new Wanted.ForKey(Sample.csr("op-1"));
        return (Creating.Created) house.provision.create(new CreationRequest("aws-mqtt", LINE_1, wanted, "127.0.0.1"));
    }

    private Registering registers(String serial) {
        return registers(created(), serial);
    }

    private Registering registers(Creating.Created created, String serial) {
        return house.provision.register(new RegistrationRequest(
                "aws-mqtt",
                LINE_1,
                THINGS,
                created.ownershipToken(),
                Map.of("SerialNumber", serial),
                "127.0.0.1",
                "line-1"));
    }

    private static Refusal refusal(Registering registering) {
        return ((Registering.Refused) registering).refusal();
    }

    private static Enrollment things() {
        Treatment treatment = new Treatment(
                Sample.KEEP.allocation(),
                Sample.KEEP.reprovision(),
                Sample.KEEP.keyChange(),
                Sample.KEEP.deviceId(),
                Optional.empty(),
                Optional.empty(),
                Sample.KEEP.certificates(),
                List.of(),
                Treatment.Admission.AT_ONCE,
                Optional.of(
                        new ProvisioningTemplate(Template.Kind.FLEET, new Json("{}"), Set.of(), Optional.of(HOOK))));
        return new Enrollment(Sample.ACME.name(), THINGS, 1, Optional.empty(), new Proof.Claims(), treatment, true);
    }
}
