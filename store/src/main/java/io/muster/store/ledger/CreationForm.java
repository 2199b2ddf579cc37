package io.muster.store.ledger;

import io.muster.core.device.Bytes;
import io.muster.core.device.Credential;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Name;
import io.muster.core.door.ClaimId;
import io.muster.core.ledger.Creation;
import io.muster.store.pack.Packer;
import io.muster.store.pack.Unpacker;
import io.muster.store.sealing.Address;
import io.muster.store.sealing.Address.Table;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a certificate that a claim created is written under its tenant's seal.
final class CreationForm {

    /// The columns that [#read] wants, of `creation c`, in its order.
    static final String COLUMNS = "c.serial_bi, c.slot, c.state, c.expires_at, c.device_slot, c.device_id, c.sealed";

    private static final int FORM = 1;

    /// A row as it is stored; nothing is opened yet.
    record Stored(
            Octets serialBi,
            short slot,
            short state,
            long expiresAt,
            @Nullable Place device,
            Octets sealed) {

        Optional<Place> place() {
            return Optional.ofNullable(device);
        }
    }

    /// Where its device lives.
    record Place(short slot, Octets id) {}

    private final Sealing sealing;

    CreationForm(Sealing sealing) {
        this.sealing = sealing;
    }

    Octets seal(int tenant, Octets serialBi, Creation creation) {
        Credential credential = creation.credential();
        Packer out = new Packer(FORM)
                .octets(Ids.octets(creation.claim().value()).raw())
                .text(creation.enrollment().value())
                .hex(credential.key().fingerprint());
        CredentialForm.write(out, credential, credential.key());
        out.octets(creation.certificate().toArray()).text(creation.profile());
        return sealing.ofTenant(tenant).seal(Address.of(Table.CREATION, tenant, serialBi), out.bytes());
    }

    static Stored read(ResultSet row) throws SQLException {
        byte[] device = row.getBytes(6);
        return new Stored(
                Octets.of(row.getBytes(1)),
                row.getShort(2),
                row.getShort(3),
                row.getLong(4),
                device == null ? null : new Place(row.getShort(5), Octets.of(device)),
                Octets.of(row.getBytes(7)));
    }

    Creation open(int number, Name tenant, Stored stored, Creation.State state) {
        Address address = Address.of(Table.CREATION, number, stored.serialBi());
        Unpacker in = new Unpacker(FORM, sealing.ofTenant(number).open(address, stored.sealed()));
        ClaimId claim = new ClaimId(Ids.uuid(Octets.of(in.octets())));
        Name enrollment = new Name(in.text());
        IdentityKey key = new IdentityKey(IdentityKey.Kind.X509, in.hex());
        Credential credential = CredentialForm.read(in, key);
        return new Creation(
                tenant,
                claim,
                enrollment,
                credential,
                Bytes.of(in.octets()),
                in.text(),
                Instant.ofEpochMilli(stored.expiresAt()),
                state);
    }
}
