package io.muster.store.ledger;

import io.muster.core.device.Credential;
import io.muster.core.device.Device;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.Change;
import io.muster.core.ledger.Act;
import io.muster.core.ledger.Certification;
import io.muster.store.lane.BindingRow;
import io.muster.store.sealing.BlindIndex.Kind;
import io.muster.store.sealing.Indexed;
import io.muster.store.sealing.Octets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which names and keys an act binds to its device, and which of them stand elsewhere afterwards.
final class Bindings {

    private final Ids ids;

    Bindings(Ids ids) {
        this.ids = ids;
    }

    List<BindingRow> claims(int tenant, Indexed name, Octets id, Act.Enrolls act) {
        Device device = act.device();
        List<BindingRow> claims = new ArrayList<>(4);
        if (device.version() == 1) {
            claims.add(row(tenant, Kind.NAME, name, name, id, BindingRow.IDENTITY));
            alias(device).ifPresent(alias -> {
                Indexed outward = ids.name(tenant, alias);
                claims.add(row(tenant, Kind.NAME, outward, name, id, BindingRow.ALIAS));
            });
        }
        if (device.version() == 1 || act.change() == Change.REKEYED) {
            device.identityKeys().stream()
                    .filter(Ids::hasBinding)
                    .forEach(key -> claims.add(key(tenant, key, name, id, BindingRow.IDENTITY)));
        }
        certified(act).ifPresent(key -> claims.add(key(tenant, key, name, id, BindingRow.OPERATIONAL)));
        return claims;
    }

    /// Keys that prove the device no longer. One that still proves it in another way keeps its binding as it is.
    ///
    /// @param superseded former identity keys
    /// @param ended      certificates that have ended
    List<BindingRow> releases(
            int tenant, Indexed name, Octets id, Device device, List<IdentityKey> superseded, List<Credential> ended) {
        Set<IdentityKey> released = new LinkedHashSet<>(superseded);
        ended.forEach(it -> released.add(it.key()));
        device.identityKeys().forEach(released::remove);
        released.removeAll(proving(device.credentials()));
        return released.stream()
                .filter(Ids::hasBinding)
                .map(key -> key(tenant, key, name, id, BindingRow.SUPERSEDED))
                .toList();
    }

    /// The key of the new certificate, where it is not bound to the device as it should be already.
    private static Optional<IdentityKey> certified(Act.Enrolls act) {
        Certification certification = act.certification();
        Optional<Credential> fresh = certification.fresh().map(Certification.Fresh::credential);
        Set<IdentityKey> bound = proving(act.device().credentials().stream()
                .filter(it -> fresh.filter(it::equals).isEmpty())
                .toList());
        certification.ended().forEach(it -> bound.add(it.key()));
        act.superseded().forEach(bound::remove);
        bound.addAll(act.device().identityKeys());
        return fresh.map(Credential::key).filter(key -> !bound.contains(key));
    }

    private static Set<IdentityKey> proving(Collection<Credential> credentials) {
        return credentials.stream()
                .filter(Credential::proves)
                .map(Credential::key)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Optional<RegistrationId> alias(Device device) {
        return RegistrationId.parse(device.deviceId()).filter(id -> !id.equals(device.registrationId()));
    }

    private BindingRow key(int tenant, IdentityKey key, Indexed name, Octets id, short state) {
        return row(tenant, Kind.KEY, ids.key(tenant, key), name, id, state);
    }

    private static BindingRow row(int tenant, Kind kind, Indexed value, Indexed device, Octets deviceId, short state) {
        return new BindingRow(value.slot(), kind.number(), tenant, state, value.bi(), device.slot(), deviceId);
    }
}
