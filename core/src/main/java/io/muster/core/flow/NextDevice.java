package io.muster.core.flow;

import io.muster.core.connectivity.Allocation;
import io.muster.core.connectivity.Hub;
import io.muster.core.connectivity.Placement;
import io.muster.core.device.Credential;
import io.muster.core.device.Device;
import io.muster.core.device.Device.Assignment;
import io.muster.core.device.DeviceId;
import io.muster.core.device.DeviceState;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Json;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Thing;
import io.muster.core.door.Change;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Refusal;
import io.muster.core.door.Templated;
import io.muster.core.policy.Consultation;
import io.muster.core.policy.Facts;
import io.muster.core.policy.Verdict.Permit;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Treatment;
import java.util.List;
import java.util.Optional;

/// What a permit makes of a device: where it is placed, and how it looks afterwards.
sealed interface NextDevice {

    /// The device as it shall be. For [Change#UNCHANGED] it is the known one, to the letter.
    ///
    /// @param superseded identity keys that no longer prove it
    record Planned(Device device, Change change, List<IdentityKey> superseded) implements NextDevice {}

    /// It can be placed nowhere, has no valid outward id, or its template is not good for it.
    record Impossible(Refusal refusal) implements NextDevice {}

    /// @param credentials what it has from then on
    static NextDevice plan(Permit permit, List<Credential> credentials) {
        Optional<Refusal> flaw = permit.attested().request().thing().flatMap(Templated::flaw);
        return flaw.<NextDevice>map(Impossible::new)
                .or(() -> permit.known().map(device -> known(permit, device, credentials)))
                .orElseGet(() -> fresh(permit, credentials));
    }

    private static NextDevice fresh(Permit permit, List<Credential> credentials) {
        EnrollmentRequest request = permit.attested().request();
        Enrollment enrollment = permit.attested().enrollment();
        Treatment treatment = enrollment.treatment();
        Optional<Hub> hub = place(permit);
        if (hub.isEmpty()) {
            return new Impossible(new Refusal.NoHub(enrollment.name().value()));
        }
        String deviceId = treatment.deviceId().apply(enrollment.tenant(), enrollment.name(), request.registrationId());
        if (RegistrationId.parse(deviceId).isEmpty()) {
            return new Impossible(new Refusal.DeviceIdInvalid(deviceId));
        }
        Device device = new Device(
                DeviceId.random(),
                enrollment.tenant(),
                request.registrationId(),
                deviceId,
                1,
                first(treatment.admission()),
                enrollment.origin(),
                request.thing().flatMap(Templated::type).or(treatment::type),
                List.of(permit.attested().key()),
                credentials,
                hub.get().assignment(),
                believed(permit),
                request.thing().map(Templated::thing),
                permit.snapshot().now(),
                permit.snapshot().now());
        return new Planned(device, Change.INITIAL, List.of());
    }

    private static DeviceState first(Treatment.Admission admission) {
        return switch (admission) {
            case AT_ONCE -> DeviceState.ENABLED;
            case APPROVAL -> DeviceState.QUARANTINED;
        };
    }

    private static NextDevice known(Permit permit, Device device, List<Credential> credentials) {
        Optional<Assignment> assignment = assign(permit, device);
        if (assignment.isEmpty()) {
            return new Impossible(
                    new Refusal.NoHub(permit.attested().enrollment().name().value()));
        }
        Optional<Met> met = meet(permit, device);
        if (met.isEmpty()) {
            return new Impossible(new Refusal.ThingConflict(device.deviceId()));
        }
        Known next = new Known(assignment.get(), credentials, met.get().thing(), type(permit, device));
        Change change = change(permit, device, next);
        return change == Change.UNCHANGED
                ? new Planned(device, change, List.of())
                : changed(permit, device, next, change);
    }

    /// What of a known device may be new.
    record Known(Assignment assignment, List<Credential> credentials, Optional<Thing> thing, Optional<String> type) {}

    /// What a template makes of a device that is there.
    record Met(Optional<Thing> thing) {}

    /// Empty where the template refuses to meet one.
    private static Optional<Met> meet(Permit permit, Device device) {
        Optional<Templated> fresh = permit.attested().request().thing();
        if (fresh.isEmpty() || device.thing().isEmpty()) {
            return Optional.of(new Met(fresh.map(Templated::thing).or(device::thing)));
        }
        Templated made = fresh.get();
        return made.known().of(device.thing().get(), made.thing()).map(it -> new Met(Optional.of(it)));
    }

    /// A device that comes without its template keeps the type that the template gave it.
    private static Optional<String> type(Permit permit, Device device) {
        Optional<Templated> fresh = permit.attested().request().thing();
        Optional<String> enrollments =
                permit.attested().enrollment().treatment().type();
        return fresh.isEmpty() && device.thing().isPresent()
                ? device.type()
                : fresh.flatMap(Templated::type).or(() -> enrollments);
    }

    private static NextDevice changed(Permit permit, Device device, Known known, Change change) {
        Enrollment enrollment = permit.attested().enrollment();
        Device next = new Device(
                device.id(),
                device.tenant(),
                device.registrationId(),
                device.deviceId(),
                device.version() + 1,
                device.state(),
                enrollment.origin(),
                known.type(),
                permit.rekeyed() ? List.of(permit.attested().key()) : device.identityKeys(),
                known.credentials(),
                known.assignment(),
                believed(permit),
                known.thing(),
                device.createdAt(),
                permit.snapshot().now());
        return new Planned(next, change, permit.rekeyed() ? device.identityKeys() : List.of());
    }

    private static Change change(Permit permit, Device device, Known known) {
        Assignment assignment = known.assignment();
        Treatment treatment = permit.attested().enrollment().treatment();
        if (permit.rekeyed()) {
            return Change.REKEYED;
        }
        if (!assignment.hub().equals(device.assignment().hub())) {
            return treatment.reprovision() == Treatment.Reprovision.RESET ? Change.RESET : Change.MIGRATED;
        }
        boolean same = assignment.equals(device.assignment())
                && believed(permit).equals(device.payload())
                && known.type().equals(device.type())
                && known.thing().equals(device.thing())
                && permit.attested().enrollment().name().equals(device.origin().enrollment());
        if (!same) {
            return Change.UPDATED;
        }
        return known.credentials().equals(device.credentials()) ? Change.UNCHANGED : Change.CERTIFIED;
    }

    private static Optional<Json> believed(Permit permit) {
        return switch (permit.snapshot().facts()) {
            case Facts.Believed it -> it.values();
            case Facts.Misfit _ -> throw new IllegalStateException("a device whose facts do not fit was permitted");
        };
    }

    private static Optional<Assignment> assign(Permit permit, Device device) {
        Enrollment enrollment = permit.attested().enrollment();
        boolean keep = enrollment.treatment().reprovision() == Treatment.Reprovision.KEEP;
        Optional<Hub> present = permit.attested().recognized().hubs().stream()
                .filter(hub ->
                        hub.enabled() && hub.name().equals(device.assignment().hub()))
                .findFirst();
        return (keep ? present.or(() -> place(permit)) : place(permit)).map(Hub::assignment);
    }

    private static Optional<Hub> place(Permit permit) {
        Allocation allocation = permit.attested().enrollment().treatment().allocation();
        return allocation instanceof Allocation.Custom
                ? Consultation.chosen(permit)
                : Placement.place(
                        permit.attested().request().registrationId(),
                        allocation,
                        permit.attested().recognized().hubs());
    }
}
