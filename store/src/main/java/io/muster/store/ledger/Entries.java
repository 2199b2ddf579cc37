package io.muster.store.ledger;

import io.muster.core.device.Bytes;
import io.muster.core.device.Credential;
import io.muster.core.device.Device;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Serial;
import io.muster.core.door.Change;
import io.muster.core.ledger.Act;
import io.muster.core.ledger.Audit.Kind;
import io.muster.core.ledger.Certification;
import io.muster.core.ledger.Contest;
import io.muster.core.ledger.Contest.Place;
import io.muster.core.ledger.Event;
import io.muster.core.ledger.Event.Portrait;
import io.muster.store.audit.Digests;
import io.muster.store.audit.Kinds;
import io.muster.store.audit.Statement;
import io.muster.store.lane.EntryRow;
import io.muster.store.pack.Packer;
import io.muster.store.pack.Unpacker;
import io.muster.store.sealing.Address;
import io.muster.store.sealing.Address.Table;
import io.muster.store.sealing.DeviceKey;
import io.muster.store.sealing.Octets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Makes the audit entries of devices. Of certificates an entry tells what the act did to them; the certificates
/// themselves have rows of their own.
final class Entries {

    private static final int FORM = 3;
    private static final String DEVICE = "device";

    private Entries() {}

    /// @param slot of the device
    static EntryRow of(int tenant, short slot, Octets id, Act.Enrolls act, DeviceKey key) {
        Device device = act.device();
        IdentityKey identity = device.identityKeys().getFirst();
        byte[] body = new Packer(FORM)
                .text(act.change().name())
                .octets(Ids.octets(act.attempt().id().value()).raw())
                .octets(DeviceForm.portrait(device))
                .list(act.certification().fresh().stream().toList(), (out, it) -> write(out, it, identity))
                .list(act.certification().ended(), Entries::write)
                .list(act.consumes().stream().toList(), Entries::write)
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

    private static void write(Packer out, Act.Consumed consumed) {
        switch (consumed) {
            case Act.Consumed.Token it -> out.octets(Ids.octets(it.id().value()).raw());
            case Act.Consumed.Created it -> out.octets(it.serial().octets().toArray());
        }
    }

    /// @param slot of the device
    static EntryRow of(int tenant, short slot, Octets id, Intervention act, DeviceKey key) {
        Device device = act.device();
        Intervention.Deed deed = act.deed();
        Digests digests = Digests.changed(DeviceForm.canonical(act.before()), DeviceForm.canonical(device));
        Statement statement =
                Statement.of("device:" + device.registrationId().display(), deed.detail(), digests, deed.warrant());
        byte[] body = stated(statement, device, act.end().credentials());
        int version = Math.toIntExact(device.version());
        return new EntryRow(
                slot,
                id,
                version,
                tenant,
                Kinds.number(deed.kind()),
                deed.at().toEpochMilli(),
                deed.warrant().actor(),
                deed.act(),
                key.seal().seal(Address.of(Table.ENTRY, tenant, id, version), body));
    }

    private static byte[] stated(Statement statement, Device device, List<Credential> ended) {
        return new Packer(FORM)
                .octets(statement.bytes())
                .octets(DeviceForm.portrait(device))
                .list(ended, Entries::write)
                .bytes();
    }

    /// What an entry says that a device did not write by itself.
    static Statement statement(byte[] body) {
        return Statement.read(new Unpacker(FORM, body).octets());
    }

    /// What an event tells of an entry.
    record Shown(Portrait portrait, List<Event.Issued> issued, List<Event.Ended> ended) {}

    /// @param kind of the entry, as the table knows it
    static Shown show(short kind, byte[] body) {
        Unpacker in = new Unpacker(FORM, body);
        if (!Kinds.ofDevice(kind)) {
            in.octets();
            return new Shown(DeviceForm.readPortrait(in.octets()), List.of(), in.list(Entries::readEnded));
        }
        in.text();
        in.octets();
        byte[] device = in.octets();
        IdentityKey identity = DeviceForm.tell(device).identityKeys().getFirst();
        return new Shown(
                DeviceForm.readPortrait(device),
                in.list(each -> readIssued(each, identity)),
                in.list(Entries::readEnded));
    }

    private static Event.Issued readIssued(Unpacker in, IdentityKey identity) {
        Serial serial = new Serial(Bytes.of(in.octets()));
        CredentialForm.readKey(in, identity);
        return new Event.Issued(serial, in.text(), Instant.ofEpochMilli(in.number()), in.text());
    }

    private static Event.Ended readEnded(Unpacker in) {
        Serial serial = new Serial(Bytes.of(in.octets()));
        return new Event.Ended(
                serial,
                switch (CredentialForm.state(in.integer())) {
                    case SUPERSEDED -> Event.Ended.State.SUPERSEDED;
                    case REVOKED -> Event.Ended.State.REVOKED;
                    case CURRENT, UNUSED, REPLACED ->
                        throw new IllegalStateException("a certificate that has not ended");
                });
    }

    /// What the entry of a device's own act tells.
    ///
    /// @param attempt      the try that it came by
    /// @param identityKeys those that prove it from then on
    /// @param certified    operational keys that were certified with it
    record Told(
            UUID attempt,
            RegistrationId name,
            Device.Origin origin,
            List<IdentityKey> identityKeys,
            List<IdentityKey> certified) {}

    static Told read(int tenant, Octets id, int version, Octets sealed, DeviceKey key) {
        Unpacker in = new Unpacker(FORM, key.seal().open(Address.of(Table.ENTRY, tenant, id, version), sealed));
        in.text();
        UUID attempt = Ids.uuid(Octets.of(in.octets()));
        DeviceForm.Told device = DeviceForm.tell(in.octets());
        IdentityKey identity = device.identityKeys().getFirst();
        List<IdentityKey> certified = in.list(each -> readKey(each, identity));
        return new Told(attempt, device.name(), device.origin(), device.identityKeys(), certified);
    }

    private static IdentityKey readKey(Unpacker in, IdentityKey identity) {
        in.octets();
        IdentityKey key = CredentialForm.readKey(in, identity);
        in.text();
        in.number();
        in.text();
        return key;
    }

    /// That the device's identity key was proved in two places.
    ///
    /// @param slot of the device
    static EntryRow of(int tenant, short slot, Octets id, Contest contest, DeviceKey key) {
        Device device = contest.device();
        String detail = "identity key " + contest.key().fingerprint() + " was proved " + words(contest.here())
                + contest.before().map(it -> ", and before that " + words(it)).orElse("");
        Statement statement = new Statement(
                "device:" + device.registrationId().display(),
                detail,
                Digests.changed(DeviceForm.canonical(device), DeviceForm.canonical(device.next())),
                "",
                contest.here().source());
        byte[] body = stated(statement, device, List.of());
        int version = Math.toIntExact(contest.device().version() + 1);
        return new EntryRow(
                slot,
                id,
                version,
                tenant,
                Kinds.number(Kind.IDENTITY_KEY_CONTESTED),
                contest.at().toEpochMilli(),
                DEVICE,
                Ids.octets(contest.id()),
                key.seal().seal(Address.of(Table.ENTRY, tenant, id, version), body));
    }

    private static String words(Place place) {
        return "under " + place.name().display() + " from " + place.source() + " by " + place.door() + " at "
                + place.at();
    }

    private static void write(Packer out, Certification.Fresh fresh, IdentityKey identity) {
        Credential credential = fresh.credential();
        out.octets(credential.serial().octets().toArray());
        CredentialForm.writeKey(out, credential.key(), identity);
        out.text(fresh.profile())
                .number(credential.notAfter().toEpochMilli())
                .text(CertificateSubject.of(fresh.certificate()));
    }

    private static void write(Packer out, Credential ended) {
        out.octets(ended.serial().octets().toArray()).number(CredentialForm.number(ended.state()));
    }

    private static short number(Change change) {
        return Kinds.number(
                switch (change) {
                    case INITIAL -> Kind.DEVICE_ENROLLED;
                    case UPDATED -> Kind.DEVICE_UPDATED;
                    case MIGRATED -> Kind.DEVICE_MIGRATED;
                    case RESET -> Kind.DEVICE_RESET;
                    case REKEYED -> Kind.DEVICE_REKEYED;
                    case CERTIFIED -> Kind.DEVICE_CERTIFIED;
                    case UNCHANGED -> throw new IllegalArgumentException("what changes nothing has no entry");
                });
    }
}
