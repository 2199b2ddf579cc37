package io.muster.store.ledger;

import io.muster.core.device.Bytes;
import io.muster.core.device.Credential;
import io.muster.core.device.Device;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Serial;
import io.muster.core.ledger.Certificates.Ended;
import io.muster.core.ledger.Certificates.Kept;
import io.muster.core.ledger.Certificates.Reason;
import io.muster.core.ledger.Certification;
import io.muster.store.lane.CredentialChange;
import io.muster.store.lane.CredentialRow;
import io.muster.store.pack.Packer;
import io.muster.store.pack.Unpacker;
import io.muster.store.sealing.Address;
import io.muster.store.sealing.Address.Table;
import io.muster.store.sealing.DeviceKey;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes rows of certificates, reads them, and opens them.
final class CertificateRows {

    /// The columns that [#read] wants, of `credential c` and `device_key k`, in its order.
    static final String COLUMNS = "c.serial_bi, c.slot, c.device_id, c.state, c.not_after, c.issuer, c.crl_shard,"
            + " c.ended_at, c.reason, c.sealed, k.bucket_key, k.wrapped";

    private static final int FORM = 1;

    /// A row as it is stored, and the row of its device's key; nothing is opened yet.
    ///
    /// @param end the time of its end and the number of the reason
    record Stored(
            Octets serialBi,
            short slot,
            Octets deviceId,
            short state,
            long notAfter,
            String issuer,
            int shard,
            @Nullable End end,
            Octets sealed,
            int bucketKey,
            Octets wrapped) {}

    record End(long at, int reason) {}

    private final Sealing sealing;
    private final Ids ids;

    CertificateRows(Sealing sealing, Ids ids) {
        this.sealing = sealing;
        this.ids = ids;
    }

    /// The row of a new certificate.
    CredentialRow fresh(int tenant, Octets deviceId, Device device, Certification.Fresh fresh, DeviceKey key) {
        Credential credential = fresh.credential();
        Octets bi = ids.serial(tenant, credential.serial()).bi();
        return new CredentialRow(
                slot(tenant, device, credential),
                tenant,
                bi,
                deviceId,
                CredentialForm.number(credential.state()),
                credential.notAfter().toEpochMilli(),
                (short) credential.shard(),
                Octets.of(CredentialForm.issuer(credential.issuer())),
                key.seal().seal(address(tenant, bi), write(device, fresh)));
    }

    /// What becomes of the others: of those that were replaced before, only the newest has moved.
    List<CredentialChange> changes(int tenant, Device device, Certification certification, Instant at) {
        List<CredentialChange> changes = new ArrayList<>();
        device.credentials().stream()
                .filter(it ->
                        certification.fresh().isPresent() ? it.state() == Credential.State.REPLACED : firstUsed(it))
                .findFirst()
                .ifPresent(it -> changes.add(new CredentialChange(
                        slot(tenant, device, it),
                        tenant,
                        ids.serial(tenant, it.serial()).bi(),
                        CredentialForm.number(it.state()),
                        null)));
        certification.ended().forEach(it -> changes.add(ended(tenant, device, it, at, Reason.SUPERSEDED)));
        return changes;
    }

    /// Whether it may have been used for the first time: what a claim created, once it is current.
    private static boolean firstUsed(Credential credential) {
        return credential.serial().created() && credential.state() == Credential.State.CURRENT;
    }

    /// A certificate's row lives where its device does.
    private short slot(int tenant, Device device, Credential credential) {
        return credential.serial().created()
                ? ids.name(tenant, device.registrationId()).slot()
                : credential.serial().slot();
    }

    /// @param credential in its new state
    CredentialChange ended(int tenant, Device device, Credential credential, Instant at, Reason reason) {
        return new CredentialChange(
                slot(tenant, device, credential),
                tenant,
                ids.serial(tenant, credential.serial()).bi(),
                CredentialForm.number(credential.state()),
                new CredentialChange.End(
                        Octets.of(CredentialForm.issuer(credential.issuer())),
                        (short) credential.shard(),
                        Octets.of(credential.serial().octets().toArray()),
                        credential.notAfter().toEpochMilli(),
                        at.toEpochMilli(),
                        (short) reason.number()));
    }

    static Stored read(ResultSet row) throws SQLException {
        long endedAt = row.getLong(8);
        End end = row.wasNull() ? null : new End(endedAt, row.getInt(9));
        return new Stored(
                Octets.of(row.getBytes(1)),
                row.getShort(2),
                Octets.of(row.getBytes(3)),
                row.getShort(4),
                row.getLong(5),
                HexFormat.of().formatHex(row.getBytes(6)),
                row.getInt(7),
                end,
                Octets.of(row.getBytes(10)),
                row.getInt(11),
                Octets.of(row.getBytes(12)));
    }

    Kept open(Stored stored, int number, Name tenant) {
        DeviceKey device = sealing.deviceKey(number, stored.deviceId(), stored.bucketKey(), stored.wrapped());
        Unpacker in = new Unpacker(FORM, device.seal().open(address(number, stored.serialBi()), stored.sealed()));
        Serial serial = new Serial(Bytes.of(in.octets()));
        RegistrationId name = RegistrationId.parse(in.text()).orElseThrow();
        Name enrollment = new Name(in.text());
        String profile = in.text();
        IdentityKey provedBy = new IdentityKey(DeviceForm.kind(in.integer()), in.hex());
        Credential credential = new Credential(
                serial,
                CredentialForm.readKey(in, provedBy),
                provedBy,
                in.text(),
                Instant.ofEpochMilli(in.number()),
                Instant.ofEpochMilli(stored.notAfter()),
                stored.issuer(),
                stored.shard(),
                CredentialForm.state(stored.state()));
        return new Kept(tenant, name, enrollment, profile, credential, Bytes.of(in.octets()), ended(stored.end()));
    }

    private static byte[] write(Device device, Certification.Fresh fresh) {
        Credential credential = fresh.credential();
        Packer out = new Packer(FORM)
                .octets(credential.serial().octets().toArray())
                .text(device.registrationId().display())
                .text(device.origin().enrollment().value())
                .text(fresh.profile())
                .number(DeviceForm.number(credential.provedBy().kind()))
                .hex(credential.provedBy().fingerprint());
        CredentialForm.writeKey(out, credential.key(), credential.provedBy());
        return out.text(credential.subject())
                .number(credential.issuedAt().toEpochMilli())
                .octets(fresh.certificate().toArray())
                .bytes();
    }

    private static Optional<Ended> ended(@Nullable End end) {
        return Optional.ofNullable(end).map(it -> new Ended(Instant.ofEpochMilli(it.at()), reason(it.reason())));
    }

    /// The reason of a number in table `credential` or `revocation`.
    static Reason reason(int number) {
        return Arrays.stream(Reason.values())
                .filter(it -> it.number() == number)
                .findFirst()
                .orElse(Reason.UNSPECIFIED);
    }

    private static Address address(int tenant, Octets serialBi) {
        return Address.of(Table.CREDENTIAL, tenant, serialBi);
    }
}
