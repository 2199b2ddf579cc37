package io.muster.store.ledger;

import io.muster.core.device.Device;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.RegistrationId;
import io.muster.core.ledger.Custody.Binding;
import io.muster.store.database.Query;
import io.muster.store.lane.BindingRow;
import io.muster.store.ledger.Lookups.Sought;
import io.muster.store.sealing.BlindIndex.Kind;
import io.muster.store.sealing.DeviceKey;
import io.muster.store.sealing.Indexed;
import io.muster.store.sealing.Octets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Every name and key that leads to a device, or did. No table leads from a device to its keys of the past: its
/// entries tell them.
final class Holdings {

    private static final String ENTRIES =
            "SELECT version, sealed FROM entry WHERE slot = ? AND subject_id = ? AND kind <= 6 ORDER BY version";

    /// A name or a key with its row.
    record Held(Binding.Kind kind, String value, BindingRow row) {}

    private record Thing(Binding.Kind kind, String value, Kind table, Indexed at) {}

    private record Keys(Set<IdentityKey> identity, Set<IdentityKey> operational) {}

    private final Query query;
    private final Lookups lookups;
    private final Ids ids;
    private final DeviceKeys deviceKeys;

    Holdings(Query query, Lookups lookups, Ids ids, DeviceKeys deviceKeys) {
        this.query = query;
        this.lookups = lookups;
        this.ids = ids;
        this.deviceKeys = deviceKeys;
    }

    List<Held> of(int tenant, Device device) {
        Indexed home = ids.name(tenant, device.registrationId());
        Octets id = Ids.octets(device.id());
        List<Thing> things = things(tenant, device, keys(tenant, home, id));
        Map<Octets, Bound> found = lookups.find(things.stream()
                .map(it -> new Sought(tenant, it.table(), it.at()))
                .toList());
        return things.stream()
                .flatMap(thing -> held(tenant, thing, home, id, found).stream())
                .toList();
    }

    static Binding shown(Held held) {
        return new Binding(
                held.kind(),
                held.value(),
                switch (held.row().state()) {
                    case BindingRow.BLOCKED -> Binding.Standing.BLOCKED;
                    case BindingRow.SUPERSEDED -> Binding.Standing.SUPERSEDED;
                    default -> Binding.Standing.BOUND;
                });
    }

    private List<Thing> things(int tenant, Device device, Keys keys) {
        List<Thing> things = new ArrayList<>();
        things.add(name(tenant, Binding.Kind.REGISTRATION_ID, device.registrationId()));
        RegistrationId.parse(device.deviceId())
                .filter(it -> !it.equals(device.registrationId()))
                .ifPresent(it -> things.add(name(tenant, Binding.Kind.DEVICE_ID, it)));
        keys.identity().forEach(it -> things.add(key(tenant, Binding.Kind.IDENTITY_KEY, it)));
        keys.operational().stream()
                .filter(it -> !keys.identity().contains(it))
                .forEach(it -> things.add(key(tenant, Binding.Kind.OPERATIONAL_KEY, it)));
        return things;
    }

    private Keys keys(int tenant, Indexed home, Octets id) {
        DeviceKey key = deviceKeys.of(tenant, home.slot(), id);
        Keys keys = new Keys(new LinkedHashSet<>(), new LinkedHashSet<>());
        query.all(
                        ENTRIES,
                        s -> {
                            s.setShort(1, home.slot());
                            s.setBytes(2, id.raw());
                        },
                        row -> Entries.read(tenant, id, row.getInt(1), Octets.of(row.getBytes(2)), key))
                .forEach(told -> {
                    keys.identity().addAll(told.identityKeys());
                    keys.operational().addAll(told.certified());
                });
        keys.identity().removeIf(it -> !Ids.hasBinding(it));
        keys.operational().removeIf(it -> !Ids.hasBinding(it));
        return keys;
    }

    private Thing name(int tenant, Binding.Kind kind, RegistrationId name) {
        return new Thing(kind, name.display(), Kind.NAME, ids.name(tenant, name));
    }

    private Thing key(int tenant, Binding.Kind kind, IdentityKey key) {
        return new Thing(kind, words(key), Kind.KEY, ids.key(tenant, key));
    }

    private static String words(IdentityKey key) {
        return key.kind().name().toLowerCase(Locale.ROOT) + ":" + key.fingerprint();
    }

    private static Optional<Held> held(int tenant, Thing thing, Indexed home, Octets id, Map<Octets, Bound> found) {
        return Optional.ofNullable(found.get(thing.at().bi()))
                .filter(it -> it.device() != null && it.device().id().equals(id))
                .map(it -> new Held(
                        thing.kind(),
                        thing.value(),
                        new BindingRow(
                                thing.at().slot(),
                                thing.table().number(),
                                tenant,
                                it.state(),
                                thing.at().bi(),
                                home.slot(),
                                id)));
    }
}
