package io.muster.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Credential;
import io.muster.core.device.Device;
import io.muster.core.device.DeviceState;
import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.device.PolicyName;
import io.muster.core.device.ThingPolicy;
import io.muster.core.door.Admitted.Claimant;
import io.muster.core.door.Change;
import io.muster.core.door.ClaimId;
import io.muster.core.door.Creating;
import io.muster.core.door.CreationRequest;
import io.muster.core.door.CreationRequest.Wanted;
import io.muster.core.door.Refusal;
import io.muster.core.door.Registering;
import io.muster.core.door.RegistrationRequest;
import io.muster.core.ledger.Creation;
import io.muster.core.ledger.Creations.Kept;
import io.muster.core.policy.Snapshot;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.NamedPolicy;
import io.muster.core.roster.Proof;
import io.muster.core.roster.ProvisioningTemplate;
import io.muster.core.roster.Treatment;
import io.muster.core.template.Template;
import io.muster.core.testkit.Gatehouse;
import io.muster.core.testkit.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What a claim creates, and what becomes of it.
class ProvisionTest {

    private static final Enrollment THINGS = things(Treatment.Admission.AT_ONCE);
    private static final Claimant LINE_1 =
            new Claimant(Sample.ACME.name(), THINGS.name(), new ClaimId(new UUID(4, 2)), "ab".repeat(32), 100);

    private final Gatehouse house = new Gatehouse(THINGS);
    private final Provision provision = house.provision;

    @Test
    void a_created_certificate_becomes_the_devices_when_its_token_registers_one() {
        Creating.Created created = create("op-1");
        Registering.Registered registered = register(created, "pump-1");
        assertThat(registered.change()).isEqualTo(Change.INITIAL);
        Device device = registered.device();
        assertThat(device.registrationId()).isEqualTo(Sample.id("pump-1"));
        assertThat(device.identityKeys()).containsExactly(Sample.key("op-1"));
        Credential credential = device.currentCredential().orElseThrow();
        assertThat(credential.state()).isEqualTo(Credential.State.UNUSED);
        assertThat(credential.serial().created()).isTrue();
        assertThat(device.thing().orElseThrow().attributes()).containsEntry("serial", "pump-1");
    }

    @Test
    void the_same_token_leads_to_the_same_device_and_to_no_other() {
        Creating.Created created = create("op-1");
        Device first = register(created, "pump-1").device();
        Registering.Registered again = register(created, "pump-1");
        assertThat(again.change()).isEqualTo(Change.UNCHANGED);
        assertThat(again.device()).isEqualTo(first);
        assertThat(refusal(provision.register(asks(created, "pump-2")))).isEqualTo(new Refusal.IdentityKeyTaken());
    }

    @Test
    void a_claim_takes_over_no_device_that_is_there() {
        register(create("op-1"), "pump-1");
        house.clock.forward(Duration.ofMinutes(61));
        assertThat(refusal(provision.register(asks(create("op-2"), "pump-1"))))
                .isEqualTo(new Refusal.IdentityKeyChanged());
    }

    @Test
    void a_device_whose_certificate_never_connected_may_be_registered_again_within_the_hour() {
        register(create("op-1"), "pump-1");
        Registering.Registered again = register(create("op-2"), "pump-1");
        assertThat(again.change()).isEqualTo(Change.REKEYED);
        assertThat(again.device().currentCredential().orElseThrow().key()).isEqualTo(Sample.key("op-2"));
        assertThat(again.device().credentials().getLast().state()).isEqualTo(Credential.State.SUPERSEDED);
    }

    @Test
    void a_token_that_was_not_made_here_or_was_changed_opens_nothing() {
        create("op-1");
        for (String token : new String[] {"", "AAAA", "_____w", "not base64!", "A".repeat(10_000)}) {
            RegistrationRequest request = new RegistrationRequest(
                    "aws-mqtt", LINE_1, THINGS.name(), token, Map.of("SerialNumber", "pump-1"), "127.0.0.1");
            assertThat(refusal(provision.register(request))).isEqualTo(new Refusal.OwnershipTokenInvalid());
        }
    }

    @Test
    void parameters_that_the_template_cannot_be_filled_with_are_refused_with_their_place() {
        RegistrationRequest request = new RegistrationRequest(
                "aws-mqtt", LINE_1, THINGS.name(), create("op-1").ownershipToken(), Map.of(), "127.0.0.1");
        assertThat(refusal(provision.register(request))).isInstanceOf(Refusal.TemplateFailed.class);
        assertThat(house.ledger.attempts()).isEmpty();
    }

    @Test
    void a_policy_is_attached_by_its_name_and_one_that_is_not_there_is_refused_with_its_place() {
        house.roster.publish(things(Treatment.Admission.AT_ONCE, "PolicyName")).refresh();
        Creating.Created created = create("op-1");
        assertThat(refusal(provision.register(asksForPolicy(created))))
                .isInstanceOfSatisfying(Refusal.TemplateFailed.class, it -> {
                    assertThat(it.where()).isEqualTo("/PolicyName");
                    assertThat(it.what()).isEqualTo("There is no policy pumps.");
                });
        assertThat(house.ledger.devices()).isEmpty();
        assertThat(house.ledger.attempts()).singleElement().satisfies(it -> {
            assertThat(it.registrationId()).isEqualTo(Sample.id("pump-1"));
            assertThat(it.code()).isEqualTo("template_failed");
            assertThat(it.trace().getLast().rule()).contains("There is no policy pumps.");
        });

        PolicyName pumps = new PolicyName("pumps");
        house.roster.publish(new NamedPolicy(Sample.ACME.name(), pumps, 1, new Json("{}")));
        Registering.Registered registered = (Registering.Registered) provision.register(asksForPolicy(created));
        assertThat(registered.device().thing().orElseThrow().policies()).containsExactly(new ThingPolicy.Named(pumps));
    }

    private static RegistrationRequest asksForPolicy(Creating.Created created) {
        return new RegistrationRequest(
                "aws-mqtt",
                LINE_1,
                THINGS.name(),
                created.ownershipToken(),
                Map.of("SerialNumber", "pump-1", "PolicyName", "pumps"),
                "127.0.0.1");
    }

    @Test
    void a_claim_registers_for_the_enrollment_that_it_was_uploaded_for() {
        RegistrationRequest request = new RegistrationRequest(
                "aws-mqtt", LINE_1, new Name("others"), create("op-1").ownershipToken(), Map.of(), "127.0.0.1");
        assertThat(refusal(provision.register(request))).isEqualTo(new Refusal.ClaimOfOtherEnrollment("things"));
    }

    @Test
    void what_is_not_stored_does_not_leave() {
        house.ledger.creations().says(new Kept.Spent(5, Duration.ofDays(1)));
        assertThat(refusal(asksFor("op-1"))).isEqualTo(new Refusal.ClaimSpent(5, Duration.ofDays(1)));
        house.ledger.creations().says(new Kept.TooFast(20));
        assertThat(refusal(asksFor("op-1"))).isEqualTo(new Refusal.ClaimTooFast(20));
        house.ledger.creations().says(new Kept.Ended());
        assertThat(refusal(asksFor("op-1"))).isEqualTo(new Refusal.ClaimRevoked());
    }

    @Test
    void nothing_is_created_by_a_clock_that_is_wrong() {
        house.ledger.clock(new Snapshot.Clock.Untrusted(Duration.ofDays(3650), "the database's clock"));
        assertThat(refusal(asksFor("op-1"))).isInstanceOf(Refusal.Unavailable.class);
    }

    @Test
    void what_nobody_registers_within_the_hour_registers_nobody() {
        Creating.Created created = create("op-1");
        house.clock.forward(Creation.LIFE.plusSeconds(1));
        assertThat(house.ledger.creations().revokeForgotten(house.clock.instant()))
                .isEqualTo(1);
        assertThat(refusal(provision.register(asks(created, "pump-1")))).isEqualTo(new Refusal.CreationTaken());
    }

    @Test
    void a_device_that_must_be_approved_is_written_down_and_refused() {
        house.roster.publish(things(Treatment.Admission.APPROVAL)).refresh();
        assertThat(refusal(provision.register(asks(create("op-1"), "pump-1"))))
                .isEqualTo(new Refusal.AwaitingApproval());
        assertThat(house.ledger.devices().getFirst().state()).isEqualTo(DeviceState.QUARANTINED);
    }

    private Creating asksFor(String key) {
        Wanted wanted = new Wanted.ForKey(Sample.csr(key));
        return provision.create(new CreationRequest("aws-mqtt", LINE_1, wanted, "127.0.0.1"));
    }

    private Creating.Created create(String key) {
        return (Creating.Created) asksFor(key);
    }

    private static RegistrationRequest asks(Creating.Created created, String serial) {
        return new RegistrationRequest(
                "aws-mqtt",
                LINE_1,
                THINGS.name(),
                created.ownershipToken(),
                Map.of("SerialNumber", serial),
                "127.0.0.1");
    }

    private Registering.Registered register(Creating.Created created, String serial) {
        return (Registering.Registered) provision.register(asks(created, serial));
    }

    private static Refusal refusal(Creating creating) {
        return ((Creating.Refused) creating).refusal();
    }

    private static Refusal refusal(Registering registering) {
        return ((Registering.Refused) registering).refusal();
    }

    private static Enrollment things(Treatment.Admission admission) {
        return things(admission, "{}");
    }

    private static Enrollment things(Treatment.Admission admission, String template) {
        Treatment treatment = new Treatment(
                Sample.KEEP.allocation(),
                Sample.KEEP.reprovision(),
                Sample.KEEP.keyChange(),
                Sample.KEEP.deviceId(),
                Optional.empty(),
                Optional.empty(),
                Sample.KEEP.certificates(),
                List.of(),
                admission,
                Optional.of(new ProvisioningTemplate(Template.Kind.FLEET, new Json(template), Set.of())));
        return new Enrollment(
                Sample.ACME.name(), new Name("things"), 1, Optional.empty(), new Proof.Claims(), treatment, true);
    }
}
