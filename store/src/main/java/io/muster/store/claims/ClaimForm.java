package io.muster.store.claims;

import io.muster.core.device.Name;
import io.muster.core.door.ClaimId;
import io.muster.core.roster.Claim;
import io.muster.core.roster.Claim.Budget;
import io.muster.store.pack.Packer;
import io.muster.store.pack.Unpacker;
import io.muster.store.sealing.Address;
import io.muster.store.sealing.Address.Table;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// How a claim is written: what the budget is counted by lies open, what its certificate and its clients are does not.
final class ClaimForm {

    static final short OPEN = 0;
    static final short REVOKED = 1;

    /// Of each network that a claim was used from.
    static final int NETWORK_BYTES = 4;

    /// The columns that [#read] wants, of table `claim`, in its order.
    static final String COLUMNS =
            "tenant, claim_id, name, enrollment, state, created_at, not_after, creates, window_ms,"
                    + " window_start, spent, per_second, networks, sealed";

    private static final int FORM = 1;

    /// A row as it is stored; nothing is opened yet.
    record Stored(
            int tenant,
            Octets id,
            Name name,
            Name enrollment,
            short state,
            long createdAt,
            long notAfter,
            long creates,
            long windowMillis,
            long windowStart,
            long spent,
            int perSecond,
            int networks,
            Octets sealed) {}

    private final Sealing sealing;

    ClaimForm(Sealing sealing) {
        this.sealing = sealing;
    }

    Octets seal(int tenant, Claim claim) {
        byte[] body = new Packer(FORM)
                .hex(claim.fingerprint())
                .maybe(claim.budget().clientIds())
                .bytes();
        Octets id = octets(claim.id());
        return sealing.ofTenant(tenant).seal(Address.of(Table.CLAIM, tenant, id), body);
    }

    static Stored read(ResultSet row) throws SQLException {
        return read(row, 1);
    }

    /// @param first where the first of the columns stands
    static Stored read(ResultSet row, int first) throws SQLException {
        return new Stored(
                row.getInt(first),
                Octets.of(row.getBytes(first + 1)),
                new Name(row.getString(first + 2)),
                new Name(row.getString(first + 3)),
                row.getShort(first + 4),
                row.getLong(first + 5),
                row.getLong(first + 6),
                row.getLong(first + 7),
                row.getLong(first + 8),
                row.getLong(first + 9),
                row.getLong(first + 10),
                row.getInt(first + 11),
                row.getBytes(first + 12).length / NETWORK_BYTES,
                Octets.of(row.getBytes(first + 13)));
    }

    /// @param now by the database's clock: a window that is over has nothing spent
    Claim open(Name tenant, Stored stored, Instant now) {
        Address address = Address.of(Table.CLAIM, stored.tenant(), stored.id());
        Unpacker in = new Unpacker(FORM, sealing.ofTenant(stored.tenant()).open(address, stored.sealed()));
        String fingerprint = in.hex();
        Optional<String> clientIds = in.maybe();
        boolean over = stored.windowStart() + stored.windowMillis() <= now.toEpochMilli();
        return new Claim(
                new ClaimId(uuid(stored.id())),
                tenant,
                stored.name(),
                stored.enrollment(),
                fingerprint,
                new Budget(stored.creates(), Duration.ofMillis(stored.windowMillis()), stored.perSecond(), clientIds),
                stored.state() == REVOKED,
                Instant.ofEpochMilli(stored.createdAt()),
                Instant.ofEpochMilli(stored.notAfter()),
                over ? 0 : stored.spent(),
                stored.networks());
    }

    static Octets octets(ClaimId id) {
        UUID value = id.value();
        return Octets.of(ByteBuffer.allocate(16)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits())
                .array());
    }

    static UUID uuid(Octets id) {
        ByteBuffer bytes = ByteBuffer.wrap(id.raw());
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
