package io.muster.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Device;
import io.muster.core.device.DeviceState;
import io.muster.core.device.Name;
import io.muster.core.door.Admitted;
import io.muster.core.door.Evidence;
import io.muster.core.door.HubRequest;
import io.muster.core.door.HubRequest.Shown;
import io.muster.core.door.Refusal;
import io.muster.core.ledger.Devices;
import io.muster.core.permission.Rights;
import io.muster.core.roster.Treatment.KeyChange;
import io.muster.core.testkit.Gatehouse;
import io.muster.core.testkit.MemoryPresences;
import io.muster.core.testkit.Sample;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttachTest {

    private static final String HERE = "eu-1.example.com";
    private static final Optional<String> NOWHERE = Optional.empty();

    private final Gatehouse house = new Gatehouse(Sample.PUMPS);

    @Test
    void a_device_that_is_assigned_here_and_proves_itself_may_speak_under_its_own_name() {
        house.ledger.put(Sample.pump1(Sample.EU_1));
        Admitted.Known known = (Admitted.Known) admit(Optional.of(HERE), "pump-1", "red:k1");
        assertThat(known.rights()).isEqualTo(new Rights.HubTopics("pump-1"));
        assertThat(known.proof().first(Evidence.SharedAccessSignature.class))
                .map(Evidence.SharedAccessSignature::resource)
                .contains(HERE + "/devices/pump-1");
        Admitted.Known plain = (Admitted.Known) admit(NOWHERE, "pump-1", "red:k1");
        assertThat(plain.rights()).isEqualTo(new Rights.OwnTopics("pump-1"));
        assertThat(plain.proof().first(Evidence.SharedAccessSignature.class))
                .map(Evidence.SharedAccessSignature::resource)
                .contains("acme/devices/pump-1");
    }

    @Test
    void whoever_is_unknown_or_proves_nothing_is_refused_and_nobody_is_enrolled() {
        assertThat(refusal(Optional.of(HERE), "pump-1", "red:k1")).isEqualTo(new Refusal.NotRegistered());
        assertThat(refusal(Optional.of("other.example.com"), "pump-1", "red:k1"))
                .isEqualTo(new Refusal.NotRegistered());
        assertThat(house.ledger.devices()).isEmpty();
        house.ledger.put(Sample.pump1(Sample.EU_1));
        assertThat(refusal(Optional.of(HERE), "pump-1", "blue:k1")).isEqualTo(new Refusal.TokenSignatureWrong());
        assertThat(refusal(Optional.of(HERE), "pump-1", "red:k2")).isEqualTo(new Refusal.IdentityKeyChanged());
    }

    @Test
    void a_device_that_is_assigned_to_another_hub_is_refused_here_whatever_it_calls_its_hub() {
        house.ledger.put(Sample.pump1(Sample.EU_2));
        for (Optional<String> host : List.of(Optional.of(HERE), Optional.of("eu-2.example.com"), NOWHERE)) {
            assertThat(refusal(host, "pump-1", "red:k1")).isEqualTo(new Refusal.AssignedElsewhere("eu-2"));
        }
    }

    @Test
    void a_device_has_its_outward_id_at_a_hub_and_may_not_borrow_anothers() {
        house.ledger.put(called(Sample.pump1(Sample.EU_1), "valve-7"));
        assertThat(admit(Optional.of(HERE), "valve-7", "red:k1")).isInstanceOf(Admitted.Known.class);
        assertThat(refusal(Optional.of(HERE), "pump-1", "red:k1")).isEqualTo(new Refusal.NotRegistered());
        assertThat(refusal(Optional.of(HERE), "VALVE-7", "red:k1")).isEqualTo(new Refusal.NotRegistered());
        assertThat(attach(Quarantine.HEAR)
                        .admit(new HubRequest(
                                "hub-azure-mqtt",
                                Optional.empty(),
                                Optional.of(HERE),
                                "valve-7",
                                "pump-1",
                                new Shown.Token("red:k1"),
                                "192.0.2.7")))
                .isInstanceOfSatisfying(Admitted.Refused.class, it -> assertThat(it.refusal())
                        .isInstanceOf(Refusal.NotPermitted.class));
    }

    @Test
    void a_device_in_quarantine_is_heard_and_told_nothing() {
        house.ledger.put(Sample.quarantined(Sample.pump1(Sample.EU_1)));
        Admitted.Known known = (Admitted.Known) admit(NOWHERE, "pump-1", "red:k1");
        assertThat(known.device().state()).isEqualTo(DeviceState.QUARANTINED);
        assertThat(known.rights().mayPublish("t/pump-1/warm", false)).isTrue();
        assertThat(known.rights().maySubscribe("t/pump-1/#")).isFalse();
        assertThat(known.rights().mayReceive("t/pump-1/warm")).isFalse();
    }

    @Test
    void only_the_very_device_is_heard_in_quarantine() {
        house.ledger.put(Sample.quarantined(Sample.pump1(Sample.EU_1)));
        assertThat(refusal(NOWHERE, "pump-1", "blue:k1")).isEqualTo(new Refusal.TokenSignatureWrong());
        assertThat(refusal(NOWHERE, "pump-1", "red:k2")).isEqualTo(new Refusal.DeviceQuarantined());
        house.roster
                .publish(Sample.treating(Sample.PUMPS, Sample.keyChange(Sample.KEEP, KeyChange.ALLOW)))
                .refresh();
        assertThat(refusal(NOWHERE, "pump-1", "red:k2")).isEqualTo(new Refusal.DeviceQuarantined());
    }

    @Test
    void where_quarantine_is_to_refuse_it_refuses() {
        house.ledger.put(Sample.quarantined(Sample.pump1(Sample.EU_1)));
        assertThat(attach(Quarantine.REFUSE).admit(request(NOWHERE, "pump-1", "red:k1")))
                .isInstanceOfSatisfying(Admitted.Refused.class, it -> assertThat(it.refusal())
                        .isEqualTo(new Refusal.DeviceQuarantined()));
    }

    @Test
    void a_device_that_is_out_of_service_or_whose_enrollment_is_disabled_is_refused() {
        house.ledger.put(Sample.pump1(Sample.EU_1).in(DeviceState.DECOMMISSIONED));
        assertThat(refusal(NOWHERE, "pump-1", "red:k1")).isEqualTo(new Refusal.Blocked("device"));
        house.ledger.put(Sample.pump1(Sample.EU_1));
        house.roster.publish(Sample.disabled(Sample.PUMPS)).refresh();
        assertThat(refusal(NOWHERE, "pump-1", "red:k1")).isInstanceOf(Refusal.EnrollmentDisabled.class);
    }

    @Test
    void names_under_the_domain_of_the_tenants_are_ours_and_no_deeper_ones() {
        HubNames names = HubNames.of(List.of("Gate.example.com"), Optional.of("hubs.example.com"));
        assertThat(names.served("mqtts://gate.example.com:8883")).contains("gate.example.com");
        assertThat(names.served("mqtts://acme.hubs.example.com:8883")).contains("acme.hubs.example.com");
        assertThat(names.served("mqtts://a.acme.hubs.example.com:8883")).isEmpty();
        assertThat(names.served("mqtts://hubs.example.com:8883")).isEmpty();
        assertThat(names.served("mqtts://evilhubs.example.com:8883")).isEmpty();
    }

    private Refusal refusal(Optional<String> host, String device, String token) {
        return ((Admitted.Refused) admit(host, device, token)).refusal();
    }

    private Admitted admit(Optional<String> host, String device, String token) {
        return attach(Quarantine.HEAR).admit(request(host, device, token));
    }

    private static HubRequest request(Optional<String> host, String device, String token) {
        return new HubRequest(
                "hub-azure-mqtt", Optional.empty(), host, device, device, new Shown.Token(token), "192.0.2.7");
    }

    private Attach attach(Quarantine quarantine) {
        return new Attach(
                house.enroll,
                house.roster,
                new Held(house.ledger.devices()),
                HubNames.of(List.of(HERE), Optional.empty()),
                quarantine,
                new Connections(
                        new Oversight(house.enroll, new NothingMoves(), house.clock),
                        new Attendance(new MemoryPresences(), house.clock)));
    }

    private static Device called(Device it, String deviceId) {
        return new Device(
                it.id(),
                it.tenant(),
                it.registrationId(),
                deviceId,
                it.version(),
                it.state(),
                it.origin(),
                it.type(),
                it.identityKeys(),
                it.assignment(),
                it.payload(),
                it.createdAt(),
                it.updatedAt());
    }

    /// Devices that are looked up, and nothing else.
    private record Held(List<Device> devices) implements Devices {

        @Override
        public Optional<Device> find(Name tenant, String id) {
            return devices.stream()
                    .filter(it -> it.registrationId().canonical().equalsIgnoreCase(id)
                            || it.deviceId().equalsIgnoreCase(id))
                    .findFirst();
        }

        @Override
        public Page list(Name tenant, Filter filter, Optional<String> cursor, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Census census() {
            throw new UnsupportedOperationException();
        }
    }
}
