package io.muster.core.flow;

import io.muster.core.device.Device;
import io.muster.core.device.Name;
import io.muster.core.door.Admitted;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.HubAdmission;
import io.muster.core.door.HubRequest;
import io.muster.core.door.HubRequest.Shown;
import io.muster.core.door.Outcome;
import io.muster.core.door.Reception;
import io.muster.core.door.Refusal;
import io.muster.core.door.Stay;
import io.muster.core.ledger.Devices;
import io.muster.core.ledger.LedgerUnavailable;
import io.muster.core.permission.Rights;
import io.muster.core.roster.Roster;
import java.util.List;
import java.util.Optional;

/// Attaches a device to its hub: which device it calls itself, whether it proves that, whether this is where it shall
/// connect.
public final class Attach implements HubAdmission {

    private static final System.Logger log = System.getLogger(Attach.class.getName());

    /// How many tenants with a hub of one name are asked for a device that names no tenant.
    private static final int MOST_TENANTS = 16;

    private final Reception reception;
    private final Roster roster;
    private final Devices devices;
    private final HubNames names;
    private final Quarantine quarantine;
    private final Connections connections;

    public Attach(
            Reception reception,
            Roster roster,
            Devices devices,
            HubNames names,
            Quarantine quarantine,
            Connections connections) {
        this.reception = reception;
        this.roster = roster;
        this.devices = devices;
        this.names = names;
        this.quarantine = quarantine;
        this.connections = connections;
    }

    @Override
    public Admitted admit(HubRequest request) {
        try {
            List<Device> called = tenants(request).stream()
                    .flatMap(tenant -> called(tenant, request).stream())
                    .toList();
            return called.isEmpty() ? refused(request, new Refusal.NotRegistered()) : proved(request, called);
        } catch (LedgerUnavailable e) {
            log.log(System.Logger.Level.WARNING, "The ledger is unavailable: " + e.getMessage());
            return refused(request, new Refusal.Unavailable("The ledger is unavailable."));
        }
    }

    @Override
    public Stay stay(Admitted.Inside inside, Runnable ends) {
        return connections.stay(inside, ends);
    }

    /// Whoever names neither a tenant nor a hub is of the only tenant there is.
    private List<Name> tenants(HubRequest request) {
        if (request.scope().isEmpty() && request.host().isPresent()) {
            return roster.tenantsAt(request.host().get()).stream()
                    .limit(MOST_TENANTS)
                    .toList();
        }
        return switch (roster.endpoint(request.scope(), Optional.empty())) {
            case Roster.Endpoint.Open it -> List.of(it.tenant().name());
            case Roster.Endpoint.Nothing _ -> List.of();
        };
    }

    /// At a hub that is named a device has its outward id, in the letters that it was told: a registration id that
    /// reads the same may be another's.
    private Optional<Device> called(Name tenant, HubRequest request) {
        return devices.find(tenant, request.deviceId())
                .filter(it -> request.host().isEmpty() || it.deviceId().equals(request.deviceId()));
    }

    /// Of several tenants' devices of one id, the proof says which it is; a proof that holds for two is none.
    private Admitted proved(HubRequest request, List<Device> called) {
        List<Admitted> judged = called.stream().map(it -> judge(request, it)).toList();
        List<Admitted> known =
                judged.stream().filter(Admitted.Known.class::isInstance).toList();
        return switch (known.size()) {
            case 0 -> judged.getLast();
            case 1 -> known.getFirst();
            default -> refused(request, new Refusal.UnknownTenant());
        };
    }

    private Admitted judge(HubRequest request, Device device) {
        EnrollmentRequest proof = proof(request, device);
        return switch (reception.identify(proof)) {
            case Outcome.Enrolled it -> assigned(request, proof, it);
            case Outcome.Refused it -> new Admitted.Refused(it.attempt(), it.refusal());
            case Outcome.Deferred it ->
                new Admitted.Refused(it.attempt(), new Refusal.Unavailable("The device is enrolled in a moment."));
            case Outcome.Challenged it -> new Admitted.Refused(it.attempt(), new Refusal.Unsupported("a challenge"));
        };
    }

    /// It proves itself to the enrollment that let it in, as it did when it enrolled.
    private static EnrollmentRequest proof(HubRequest request, Device device) {
        return new EnrollmentRequest(
                request.door(),
                Optional.of(device.tenant().value()),
                Optional.of(device.origin().enrollment()),
                device.registrationId(),
                List.of(evidence(request, device)),
                Optional.empty(),
                Optional.empty(),
                request.source());
    }

    private static Evidence evidence(HubRequest request, Device device) {
        return switch (request.shown()) {
            case Shown.Token it ->
                new Evidence.SharedAccessSignature(
                        it.text(), request.host().orElse(device.tenant().value()) + "/devices/" + request.deviceId());
            case Shown.Certificate it -> new Evidence.CertificateChain(it.chain());
        };
    }

    private Admitted assigned(HubRequest request, EnrollmentRequest proof, Outcome.Enrolled proved) {
        Device device = proved.device();
        Optional<String> here = names.served(device.assignment().endpoint());
        if (here.isEmpty()
                || request.host().filter(it -> !it.equalsIgnoreCase(here.get())).isPresent()) {
            return refused(
                    request,
                    new Refusal.AssignedElsewhere(device.assignment().hub().value()));
        }
        if (device.thing().isPresent()) {
            return refused(
                    request, new Refusal.NotPermitted("to connect but with its certificate, under its policies"));
        }
        Rights rights = request.host().isPresent()
                ? new Rights.HubTopics(device.deviceId())
                : new Rights.OwnTopics(device.deviceId());
        return rights.mayConnect(request.clientId())
                ? quarantine.admit(proved, proof, rights)
                : refused(request, new Refusal.NotPermitted("to connect under this client id"));
    }

    private Admitted refused(HubRequest request, Refusal refusal) {
        return new Admitted.Refused(
                reception.turnAway(request.door(), refusal, request.source()).attempt(), refusal);
    }
}
