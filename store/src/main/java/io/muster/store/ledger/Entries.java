package io.muster.store.ledger;

import io.muster.core.access.Warrant;
import io.muster.core.device.Credential;
import io.muster.core.device.Device;
import io.muster.core.device.IdentityKey;
import io.muster.core.door.Change;
import io.muster.core.ledger.Act;
import io.muster.core.ledger.Certificates.Reason;
import io.muster.core.ledger.Certification;
import io.muster.core.ledger.Contest;
import io.muster.core.ledger.Contest.Place;
import io.muster.store.lane.EntryRow;
import io.muster.store.pack.Packer;
import io.muster.store.sealing.Address;
import io.muster.store.sealing.Address.Table;
import io.muster.store.sealing.DeviceKey;
import io.muster.store.sealing.Octets;
import java.time.Instant;
import java.util.List;

/// Makes the audit entries of devices. Of certificates an entry tells what the act did to them; the certificates
/// themselves have rows of their own.
final class Entries {

    private static final int FORM = 1;
    private static final String DEVICE = "device";
    private static final short CERTIFICATE_REVOKED = 7;
    static final short IDENTITY_KEY_CONTESTED = 8;

    private Entries() {}

    /// @param slot of the device
    static EntryRow of(int tenant, short slot, Octets id, Act.Enrolls act, DeviceKey key) {
        Device device = act.device();
        IdentityKey identity = device.identityKeys().getFirst();
        byte[] body = new Packer(FORM)
                .text(act.change().name())
                .octets(Ids.octets(act.attempt().id().value()).raw())
                .octets(DeviceForm.writeWithoutCredentials(device))
                .list(act.certification().fresh().stream().toList(), (out, it) -> write(out, it, identity))
                .list(act.certification().ended(), Entries::write)
                .list(
                        act.burns().stream().toList(),
                        (out, it) -> out.octets(Ids.octets(it.value()).raw()))
                .bytes();
        int version = Math.toIntExact(device.version());
        return new EntryRow(
                slot,
                id,
                version,
                tenant,
                number(act.change()),
                act.attempt().at().toEpochMilli(),
                DEVICE,
                Ids.octets(act.id()),
                key.seal().seal(Address.of(Table.ENTRY, tenant, id, version), body));
    }

    /// An operator's act on one of the device's certificates.
    ///
    /// @param device     as it is from then on
    /// @param credential in its new state
    /// @param act        a random id
    record Revocation(Device device, Credential credential, Reason reason, Warrant warrant, Instant at, Octets act) {}

    /// @param slot of the device
    static EntryRow of(int tenant, short slot, Octets id, Revocation revocation, DeviceKey key) {
        byte[] body = new Packer(FORM)
                .text("CERTIFICATE_REVOKED")
                .octets(revocation.credential().serial().octets().toArray())
                .text(revocation.reason().name())
                .bytes();
        int version = Math.toIntExact(revocation.device().version());
        return new EntryRow(
                slot,
                id,
                version,
                tenant,
                CERTIFICATE_REVOKED,
                revocation.at().toEpochMilli(),
                revocation.warrant().actor(),
                revocation.act(),
                key.seal().seal(Address.of(Table.ENTRY, tenant, id, version), body));
    }

    /// That the device's identity key was proved in two places.
    ///
    /// @param slot of the device
    static EntryRow of(int tenant, short slot, Octets id, Contest contest, DeviceKey key) {
        byte[] body = new Packer(FORM)
                .text("IDENTITY_KEY_CONTESTED")
                .number(DeviceForm.number(contest.key().kind()))
                .hex(contest.key().fingerprint())
                .list(List.of(contest.here()), Entries::write)
                .list(contest.before().stream().toList(), Entries::write)
                .bytes();
        int version = Math.toIntExact(contest.device().version() + 1);
        return new EntryRow(
                slot,
                id,
                version,
                tenant,
                IDENTITY_KEY_CONTESTED,
                contest.at().toEpochMilli(),
                DEVICE,
                Ids.octets(contest.id()),
                key.seal().seal(Address.of(Table.ENTRY, tenant, id, version), body));
    }

    private static void write(Packer out, Place place) {
        out.text(place.name().display())
                .text(place.source())
                .text(place.door())
                .number(place.at().toEpochMilli());
    }

    private static void write(Packer out, Certification.Fresh fresh, IdentityKey identity) {
        Credential credential = fresh.credential();
        out.octets(credential.serial().octets().toArray());
        CredentialForm.writeKey(out, credential.key(), identity);
        out.text(fresh.profile()).number(credential.notAfter().toEpochMilli());
    }

    private static void write(Packer out, Credential ended) {
        out.octets(ended.serial().octets().toArray()).number(CredentialForm.number(ended.state()));
    }

    private static short number(Change change) {
        return switch (change) {
            case INITIAL -> 1;
            case UPDATED -> 2;
            case MIGRATED -> 3;
            case RESET -> 4;
            case REKEYED -> 5;
            case CERTIFIED -> 6;
            case UNCHANGED -> throw new IllegalArgumentException("what changes nothing has no entry");
        };
    }
}
