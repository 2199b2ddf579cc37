package io.muster.store.ledger;

import io.muster.core.device.Device;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.policy.Snapshot;
import io.muster.core.policy.Snapshot.Clock;
import io.muster.store.lane.BindingRow;
import io.muster.store.ledger.Lookups.Sought;
import io.muster.store.sealing.BlindIndex.Kind;
import io.muster.store.sealing.Indexed;
import io.muster.store.sealing.Octets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is known of a name and a key, read together.
final class Look {

    private final Lookups lookups;
    private final DeviceRows rows;
    private final Ids ids;

    Look(Lookups lookups, DeviceRows rows, Ids ids) {
        this.lookups = lookups;
        this.rows = rows;
        this.ids = ids;
    }

    Snapshot at(int number, Name tenant, RegistrationId name, IdentityKey key, Clock clock, Instant now) {
        Indexed nameAt = ids.name(number, name);
        Indexed keyAt = ids.key(number, key);
        List<Sought> sought = new ArrayList<>(2);
        sought.add(new Sought(number, Kind.NAME, nameAt));
        if (Ids.hasBinding(key)) {
            sought.add(new Sought(number, Kind.KEY, keyAt));
        }
        Map<Octets, Bound> found = lookups.find(sought);
        Optional<Bound> byName = Optional.ofNullable(found.get(nameAt.bi()));
        Optional<Bound> byKey = Optional.ofNullable(found.get(keyAt.bi()));
        Optional<Device> device =
                byName.filter(it -> it.state() == BindingRow.IDENTITY).flatMap(it -> open(it, number, tenant));
        Optional<RegistrationId> keyHolder = Ids.hasBinding(key)
                ? byKey.flatMap(it -> open(it, number, tenant)).map(Device::registrationId)
                : device.filter(it -> it.identityKeys().contains(key)).map(Device::registrationId);
        return new Snapshot(
                device,
                keyHolder,
                byName.filter(Bound::blocked).isPresent(),
                byKey.filter(Bound::blocked).isPresent(),
                clock,
                now);
    }

    /// The device of a name, be it the registration id or the outward id.
    Optional<Device> named(int number, Name tenant, RegistrationId name) {
        Indexed at = ids.name(number, name);
        Bound bound = lookups.find(List.of(new Sought(number, Kind.NAME, at))).get(at.bi());
        return Optional.ofNullable(bound).flatMap(it -> open(it, number, tenant));
    }

    private Optional<Device> open(Bound bound, int number, Name tenant) {
        return Optional.ofNullable(bound.device()).map(stored -> rows.open(stored, number, tenant));
    }
}
