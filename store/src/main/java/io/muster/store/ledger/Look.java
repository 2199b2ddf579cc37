package io.muster.store.ledger;

import io.muster.core.device.Device;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.policy.Snapshot;
import io.muster.core.policy.Snapshot.Clock;
import io.muster.core.policy.Snapshot.RequestedKey;
import io.muster.store.lane.BindingRow;
import io.muster.store.ledger.Lookups.Sought;
import io.muster.store.sealing.BlindIndex.Kind;
import io.muster.store.sealing.Indexed;
import io.muster.store.sealing.Octets;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is known of a name and of keys, read together.
final class Look {

    private final Lookups lookups;
    private final DeviceRows rows;
    private final Ids ids;

    Look(Lookups lookups, DeviceRows rows, Ids ids) {
        this.lookups = lookups;
        this.rows = rows;
        this.ids = ids;
    }

    /// What is asked about.
    ///
    /// @param number    the tenant in the tables
    /// @param key       the identity key
    /// @param requested the key that is to be certified
    record Question(int number, Name tenant, RegistrationId name, IdentityKey key, Optional<IdentityKey> requested) {}

    Snapshot at(Question question, Clock clock, Instant now) {
        int number = question.number();
        Indexed nameAt = ids.name(number, question.name());
        Optional<Indexed> keyAt = bound(number, Optional.of(question.key()));
        Optional<Indexed> requestedAt = bound(number, question.requested());
        Set<Sought> sought = new LinkedHashSet<>();
        sought.add(new Sought(number, Kind.NAME, nameAt));
        keyAt.ifPresent(it -> sought.add(new Sought(number, Kind.KEY, it)));
        requestedAt.ifPresent(it -> sought.add(new Sought(number, Kind.KEY, it)));
        Map<Octets, Bound> found = lookups.find(List.copyOf(sought));
        Optional<Bound> byName = Optional.ofNullable(found.get(nameAt.bi()));
        Optional<Bound> byKey = keyAt.map(it -> found.get(it.bi()));
        Optional<Bound> byRequested = requestedAt.map(it -> found.get(it.bi()));
        Optional<Device> device = byName.filter(it -> it.state() == BindingRow.IDENTITY)
                .flatMap(it -> open(it, number, question.tenant()));
        return new Snapshot(
                device,
                Ids.hasBinding(question.key())
                        ? holder(byKey, device, question)
                        : device.filter(it -> it.identityKeys().contains(question.key()))
                                .map(Device::registrationId),
                byName.filter(Bound::blocked).isPresent(),
                byKey.filter(Bound::blocked).isPresent(),
                new RequestedKey(
                        holder(byRequested, device, question),
                        byRequested.filter(Bound::blocked).isPresent()),
                clock,
                now);
    }

    /// The device of a name, be it the registration id or the outward id.
    Optional<Device> named(int number, Name tenant, RegistrationId name) {
        Indexed at = ids.name(number, name);
        Bound bound = lookups.find(List.of(new Sought(number, Kind.NAME, at))).get(at.bi());
        return Optional.ofNullable(bound).flatMap(it -> open(it, number, tenant));
    }

    private Optional<Indexed> bound(int number, Optional<IdentityKey> key) {
        return key.filter(Ids::hasBinding).map(it -> ids.key(number, it));
    }

    /// To whom a key is bound, in whatever state. Mostly it is the device at hand: nothing is opened twice.
    private Optional<RegistrationId> holder(Optional<Bound> key, Optional<Device> device, Question question) {
        Optional<Octets> id =
                key.flatMap(it -> Optional.ofNullable(it.device())).map(Bound.Stored::id);
        Optional<Device> same = device.filter(it -> id.equals(Optional.of(Ids.octets(it.id()))));
        return same.or(() -> key.flatMap(it -> open(it, question.number(), question.tenant())))
                .map(Device::registrationId);
    }

    private Optional<Device> open(Bound bound, int number, Name tenant) {
        return Optional.ofNullable(bound.device()).map(stored -> rows.open(stored, number, tenant));
    }
}
