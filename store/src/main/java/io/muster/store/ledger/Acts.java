package io.muster.store.ledger;

import io.muster.core.device.Device;
import io.muster.core.device.Device.Origin;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.Change;
import io.muster.core.door.OperationId;
import io.muster.core.ledger.Act;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Operation;
import io.muster.core.roster.Recognition.Recognized;
import io.muster.store.lane.BindingRow;
import io.muster.store.lane.DeviceRow;
import io.muster.store.lane.EntryRow;
import io.muster.store.lane.KeyRow;
import io.muster.store.lane.OperationEnd;
import io.muster.store.lane.Rests;
import io.muster.store.lane.Work;
import io.muster.store.pack.Packer;
import io.muster.store.roster.PostgresRoster;
import io.muster.store.sealing.Address;
import io.muster.store.sealing.Address.Table;
import io.muster.store.sealing.BlindIndex.Kind;
import io.muster.store.sealing.DeviceKey;
import io.muster.store.sealing.Indexed;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns an act into rows: sealed and hashed on the caller's thread, so that the lane has nothing left to do but write.
final class Acts {

    private static final int ENTRY_FORM = 1;
    private static final String ACTOR = "device";

    private final Sealing sealing;
    private final PostgresRoster roster;
    private final Ids ids;
    private final DeviceKeys keys;
    private final AttemptRows attempts;
    private final OperationForm operations;

    Acts(
            Sealing sealing,
            PostgresRoster roster,
            Ids ids,
            DeviceKeys keys,
            AttemptRows attempts,
            OperationForm operations) {
        this.sealing = sealing;
        this.roster = roster;
        this.ids = ids;
        this.keys = keys;
        this.attempts = attempts;
        this.operations = operations;
    }

    Work enrolls(int tenant, Act.Enrolls act) {
        Device device = act.device();
        Indexed name = ids.name(tenant, device.registrationId());
        Octets id = Ids.octets(device.id());
        boolean born = device.version() == 1;
        DeviceKey key = born ? sealing.newDeviceKey(tenant, name.id(), id) : keys.of(tenant, name.slot(), id);
        return new Work(
                rests(tenant, name, act.recognized(), act.attempt()),
                claims(tenant, name, id, act),
                releases(tenant, name, id, act.superseded()),
                born ? null : new Work.Known(name.slot(), id, Math.toIntExact(device.version() - 1)),
                device(tenant, name, id, device, key),
                born ? new KeyRow(name.slot(), id, key.bucketKey(), key.wrapped()) : null,
                entry(tenant, name, id, act, key),
                attempts.ofDevice(tenant, name, act.attempt(), id, key.seal()),
                end(tenant, name, act.completes(), new Operation.State.Done(act.change())));
    }

    Work confirms(int tenant, Act.Confirms act) {
        Device device = act.device();
        Indexed name = ids.name(tenant, device.registrationId());
        Octets id = Ids.octets(device.id());
        return new Work(
                rests(tenant, name, act.recognized(), act.attempt()),
                List.of(),
                List.of(),
                new Work.Known(name.slot(), id, Math.toIntExact(device.version())),
                null,
                null,
                null,
                attempts.ofDevice(
                        tenant,
                        name,
                        act.attempt(),
                        id,
                        keys.of(tenant, name.slot(), id).seal()),
                end(tenant, name, act.completes(), new Operation.State.Done(Change.UNCHANGED)));
    }

    Work denies(int tenant, Act.Denies act) {
        Indexed name = ids.name(tenant, act.attempt().registrationId());
        return new Work(
                null,
                List.of(),
                List.of(),
                null,
                null,
                null,
                null,
                attempts.ofName(tenant, name, act.attempt()),
                end(tenant, name, act.completes(), new Operation.State.Failed(act.problem())));
    }

    private @Nullable Rests rests(int tenant, Indexed name, Recognized recognized, Attempt attempt) {
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

    private List<BindingRow> claims(int tenant, Indexed name, Octets id, Act.Enrolls act) {
        Device device = act.device();
        List<BindingRow> claims = new ArrayList<>(3);
        if (device.version() == 1) {
            claims.add(binding(tenant, Kind.NAME, name, name, id, BindingRow.IDENTITY));
            alias(device).ifPresent(alias -> {
                Indexed outward = ids.name(tenant, alias);
                claims.add(binding(tenant, Kind.NAME, outward, name, id, BindingRow.ALIAS));
            });
        }
        if (device.version() == 1 || act.change() == Change.REKEYED) {
            device.identityKeys().stream()
                    .filter(Ids::hasBinding)
                    .forEach(key ->
                            claims.add(binding(tenant, Kind.KEY, ids.key(tenant, key), name, id, BindingRow.IDENTITY)));
        }
        return claims;
    }

    private static Optional<RegistrationId> alias(Device device) {
        return RegistrationId.parse(device.deviceId()).filter(id -> !id.equals(device.registrationId()));
    }

    private List<BindingRow> releases(int tenant, Indexed name, Octets id, List<IdentityKey> superseded) {
        return superseded.stream()
                .filter(Ids::hasBinding)
                .map(key -> binding(tenant, Kind.KEY, ids.key(tenant, key), name, id, BindingRow.SUPERSEDED))
                .toList();
    }

    private static BindingRow binding(
            int tenant, Kind kind, Indexed value, Indexed device, Octets deviceId, short state) {
        return new BindingRow(value.slot(), kind.number(), tenant, state, value.bi(), device.slot(), deviceId);
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

    private static EntryRow entry(int tenant, Indexed name, Octets id, Act.Enrolls act, DeviceKey key) {
        Device device = act.device();
        int version = Math.toIntExact(device.version());
        byte[] body = new Packer(ENTRY_FORM)
                .text(act.change().name())
                .octets(Ids.octets(act.attempt().id().value()).raw())
                .octets(DeviceForm.write(device))
                .bytes();
        return new EntryRow(
                name.slot(),
                id,
                version,
                tenant,
                number(act.change()),
                act.attempt().at().toEpochMilli(),
                ACTOR,
                Ids.octets(act.id()),
                key.seal().seal(Address.of(Table.ENTRY, tenant, id, version), body));
    }

    private static short number(Change change) {
        return switch (change) {
            case INITIAL -> 1;
            case UPDATED -> 2;
            case MIGRATED -> 3;
            case RESET -> 4;
            case REKEYED -> 5;
            case UNCHANGED -> throw new IllegalArgumentException("what changes nothing has no entry");
        };
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
