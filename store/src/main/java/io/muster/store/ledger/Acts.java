package io.muster.store.ledger;

import io.muster.core.device.Credential;
import io.muster.core.device.Device;
import io.muster.core.device.Device.Origin;
import io.muster.core.device.FactName;
import io.muster.core.device.Name;
import io.muster.core.device.Serial;
import io.muster.core.door.Change;
import io.muster.core.door.OperationId;
import io.muster.core.ledger.Act;
import io.muster.core.ledger.Act.Consumed;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Contest;
import io.muster.core.ledger.Operation;
import io.muster.core.roster.Recognition.Recognized;
import io.muster.store.lane.Adoption;
import io.muster.store.lane.AttemptRow;
import io.muster.store.lane.BindingRow;
import io.muster.store.lane.Burn;
import io.muster.store.lane.CredentialChange;
import io.muster.store.lane.CredentialRow;
import io.muster.store.lane.DeviceRow;
import io.muster.store.lane.FacetRows;
import io.muster.store.lane.KeyRow;
import io.muster.store.lane.OperationEnd;
import io.muster.store.lane.Rests;
import io.muster.store.lane.Work;
import io.muster.store.roster.PostgresRoster;
import io.muster.store.sealing.Address;
import io.muster.store.sealing.Address.Table;
import io.muster.store.sealing.DeviceKey;
import io.muster.store.sealing.Indexed;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns an act into rows: sealed and hashed on the caller's thread, so that the lane has nothing left to do but
/// write.
final class Acts {

    private final Sealing sealing;
    private final PostgresRoster roster;
    private final Ids ids;
    private final DeviceKeys keys;
    private final Bindings bindings;
    private final Facets facets;
    private final CertificateRows certificates;
    private final AttemptRows attempts;
    private final OperationForm operations;

    Acts(
            Sealing sealing,
            PostgresRoster roster,
            Ids ids,
            DeviceKeys keys,
            CertificateRows certificates,
            AttemptRows attempts,
            OperationForm operations) {
        this.sealing = sealing;
        this.roster = roster;
        this.ids = ids;
        this.keys = keys;
        this.bindings = new Bindings(ids);
        this.facets = new Facets(ids);
        this.certificates = certificates;
        this.attempts = attempts;
        this.operations = operations;
    }

    Work enrolls(int tenant, Act.Enrolls act) {
        Device device = act.device();
        Indexed name = ids.name(tenant, device.registrationId());
        Octets id = Ids.octets(device.id());
        boolean born = device.version() == 1;
        DeviceKey key = born ? sealing.newDeviceKey(tenant, name.id(), id) : keys.of(tenant, name.slot(), id);
        return Work.leaving(
                        Entries.of(tenant, name.slot(), id, act, key),
                        attempts.ofDevice(tenant, name, act.attempt(), id, key.seal()))
                .restsOn(rests(tenant, name, act.recognized(), act.attempt()))
                .knows(born ? null : known(name, id, device.version() - 1))
                .burns(burn(tenant, act.consumes(), device))
                .adopts(adoption(tenant, name, id, act.consumes()))
                .binds(bindings.claims(tenant, name, id, act), released(tenant, name, id, act))
                .writes(
                        device(tenant, name, id, device, key),
                        born ? new KeyRow(name.slot(), id, key.bucketKey(), key.wrapped()) : null)
                .foundBy(facets(tenant, name, id, act))
                .certifies(
                        fresh(tenant, name, id, act, key),
                        certificates.changes(
                                tenant,
                                device,
                                act.certification(),
                                act.attempt().at()))
                .ends(end(tenant, name, act.completes(), new Operation.State.Done(act.change())))
                .work();
    }

    Work confirms(int tenant, Act.Confirms act) {
        Device device = act.device();
        Indexed name = ids.name(tenant, device.registrationId());
        Octets id = Ids.octets(device.id());
        DeviceKey key = keys.of(tenant, name.slot(), id);
        return Work.leaving(null, attempts.ofDevice(tenant, name, act.attempt(), id, key.seal()))
                .restsOn(rests(tenant, name, act.recognized(), act.attempt()))
                .knows(known(name, id, device.version()))
                .burns(burn(tenant, act.consumes(), device))
                .adopts(adoption(tenant, name, id, act.consumes()))
                .ends(end(tenant, name, act.completes(), new Operation.State.Done(Change.UNCHANGED)))
                .work();
    }

    Work denies(int tenant, Act.Denies act) {
        Indexed name = ids.name(tenant, act.attempt().registrationId());
        return Work.leaving(null, attempts.ofName(tenant, name, act.attempt()))
                .ends(end(tenant, name, act.completes(), new Operation.State.Failed(act.problem())))
                .work();
    }

    Work intervenes(int tenant, Intervention act) {
        Device device = act.device();
        Indexed name = ids.name(tenant, device.registrationId());
        Octets id = Ids.octets(device.id());
        DeviceKey key = keys.of(tenant, name.slot(), id);
        List<CredentialChange> ended = act.end().credentials().stream()
                .map(it -> certificates.ended(
                        tenant, device, it, act.deed().at(), act.end().reason()))
                .toList();
        return Work.leaving(Entries.of(tenant, name.slot(), id, act, key), null)
                .knows(known(name, id, device.version() - 1))
                .binds(List.of(), act.moved())
                .writes(device(tenant, name, id, device, key), null)
                .certifies(null, ended)
                .endsAll(act.ended())
                .work();
    }

    Work contests(int tenant, Contest contest) {
        Device device = contest.device();
        Indexed name = ids.name(tenant, device.registrationId());
        Octets id = Ids.octets(device.id());
        DeviceKey key = keys.of(tenant, name.slot(), id);
        @Nullable
        AttemptRow told = contest.told()
                .map(it -> attempts.ofDevice(tenant, name, it, id, key.seal()))
                .orElse(null);
        return Work.leaving(Entries.of(tenant, name.slot(), id, contest, key), told)
                .knows(known(name, id, device.version()))
                .writes(device(tenant, name, id, device.next(), key), null)
                .work();
    }

    /// Where the key of a certificate that has ended stands from then on.
    List<BindingRow> released(int tenant, Device device, Credential ended) {
        Indexed name = ids.name(tenant, device.registrationId());
        return bindings.releases(tenant, name, Ids.octets(device.id()), device, List.of(), List.of(ended));
    }

    private static Work.Known known(Indexed name, Octets id, long version) {
        return new Work.Known(name.slot(), id, Math.toIntExact(version));
    }

    private List<BindingRow> released(int tenant, Indexed name, Octets id, Act.Enrolls act) {
        return bindings.releases(
                tenant,
                name,
                id,
                act.device(),
                act.superseded(),
                act.certification().ended());
    }

    private FacetRows facets(int tenant, Indexed name, Octets id, Act.Enrolls act) {
        Origin origin = act.device().origin();
        List<FactName> searchable = act.recognized().candidates().stream()
                .filter(it -> it.name().equals(origin.enrollment()))
                .flatMap(it -> it.treatment().searchable().stream())
                .toList();
        return new FacetRows(
                tenant,
                name.slot(),
                id,
                facets.of(tenant, searchable, act.device().payload()));
    }

    private @Nullable CredentialRow fresh(int tenant, Indexed name, Octets id, Act.Enrolls act, DeviceKey key) {
        return act.certification()
                .fresh()
                .map(fresh -> {
                    Serial serial = fresh.credential().serial();
                    if (!serial.created() && serial.slot() != name.slot()) {
                        throw new IllegalArgumentException("a serial number that was made for another name");
                    }
                    return certificates.fresh(tenant, id, act.device(), fresh, key);
                })
                .orElse(null);
    }

    /// The key that uses a token is the identity key that the token let in.
    private @Nullable Burn burn(int tenant, Optional<Consumed> consumed, Device device) {
        return consumed.filter(Consumed.Token.class::isInstance)
                .map(Consumed.Token.class::cast)
                .map(it -> Ids.octets(it.id().value()))
                .map(id -> new Burn(
                        id.slot(),
                        tenant,
                        id,
                        ids.key(tenant, device.identityKeys().getFirst()).bi()))
                .orElse(null);
    }

    private @Nullable Adoption adoption(int tenant, Indexed name, Octets id, Optional<Consumed> consumed) {
        return consumed.filter(Consumed.Created.class::isInstance)
                .map(Consumed.Created.class::cast)
                .map(it -> new Adoption(
                        it.serial().slot(),
                        tenant,
                        ids.serial(tenant, it.serial()).bi(),
                        name.slot(),
                        id))
                .orElse(null);
    }

    private Rests rests(int tenant, Indexed name, Recognized recognized, Attempt attempt) {
        Name enrollment = attempt.origin().map(Origin::enrollment).orElseThrow();
        boolean individual = recognized.candidates().stream()
                .anyMatch(it -> it.name().equals(enrollment) && it.individual().isPresent());
        return new Rests(
                tenant,
                roster.gate(attempt.tenant(), enrollment),
                recognized.edition(),
                individual,
                name.slot(),
                name.bi());
    }

    private DeviceRow device(int tenant, Indexed name, Octets id, Device device, DeviceKey key) {
        return new DeviceRow(
                name.slot(),
                id,
                tenant,
                Math.toIntExact(device.version()),
                DeviceForm.number(device.state()),
                roster.gate(device.tenant(), device.origin().enrollment()),
                device.type().orElse(null),
                device.assignment().region().value(),
                device.assignment().hub().value(),
                device.createdAt().toEpochMilli(),
                device.updatedAt().toEpochMilli(),
                key.seal().seal(Address.of(Table.DEVICE, tenant, id), DeviceForm.write(device)));
    }

    private @Nullable OperationEnd end(
            int tenant, Indexed name, Optional<OperationId> completes, Operation.State state) {
        return completes
                .map(id -> Ids.octets(id.value()))
                .map(id -> new OperationEnd(
                        name.slot(), id, OperationForm.number(state), operations.sealOutcome(tenant, id, state)))
                .orElse(null);
    }
}
