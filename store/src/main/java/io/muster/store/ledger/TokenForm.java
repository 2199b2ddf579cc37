package io.muster.store.ledger;

import io.muster.core.access.Warrant;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.ledger.Audit.Kind;
import io.muster.core.roster.OneTimeToken;
import io.muster.core.roster.TokenId;
import io.muster.store.audit.Digests;
import io.muster.store.audit.Kinds;
import io.muster.store.audit.Statement;
import io.muster.store.lane.EntryRow;
import io.muster.store.lane.TokenRow;
import io.muster.store.pack.Packer;
import io.muster.store.pack.Unpacker;
import io.muster.store.sealing.Address;
import io.muster.store.sealing.Address.Table;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/// What of a token lies under its tenant's seal, and the audit entries of tokens.
final class TokenForm {

    /// The columns that [#read] wants, of `token t`, in its order.
    static final String COLUMNS = "t.tenant, t.token_id, t.uses, t.spent, t.state, t.sealed";

    private static final int FORM = 1;

    /// A row as it is stored; nothing is opened yet.
    record Stored(int tenant, Octets id, int uses, int spent, short state, Octets sealed) {}

    private final Sealing sealing;

    TokenForm(Sealing sealing) {
        this.sealing = sealing;
    }

    Octets seal(int tenant, OneTimeToken token) {
        Octets id = Ids.octets(token.id().value());
        byte[] body = new Packer(FORM)
                .text(token.registrationId().display())
                .text(token.enrollment().value())
                .number(token.createdAt().toEpochMilli())
                .number(token.expiresAt().toEpochMilli())
                .bytes();
        return sealing.ofTenant(tenant).seal(Address.of(Table.TOKEN, tenant, id), body);
    }

    /// @param first number of the first of the columns in the row
    static Stored read(ResultSet row, int first) throws SQLException {
        return new Stored(
                row.getInt(first),
                Octets.of(row.getBytes(first + 1)),
                row.getInt(first + 2),
                row.getInt(first + 3),
                row.getShort(first + 4),
                Octets.of(row.getBytes(first + 5)));
    }

    OneTimeToken open(Name tenant, Stored stored) {
        Address address = Address.of(Table.TOKEN, stored.tenant(), stored.id());
        Unpacker in = new Unpacker(FORM, sealing.ofTenant(stored.tenant()).open(address, stored.sealed()));
        RegistrationId name = RegistrationId.parse(in.text()).orElseThrow();
        Name enrollment = new Name(in.text());
        return new OneTimeToken(
                new TokenId(Ids.uuid(stored.id())),
                tenant,
                enrollment,
                name,
                stored.uses(),
                stored.spent(),
                stored.state() == TokenRow.REVOKED,
                Instant.ofEpochMilli(in.number()),
                Instant.ofEpochMilli(in.number()));
    }

    /// The subject of its entries is the token itself.
    EntryRow entry(int tenant, OneTimeToken token, Kind kind, int version, Warrant warrant, Instant at) {
        Octets id = Ids.octets(token.id().value());
        String detail = "for " + token.registrationId().display() + " by enrollment " + token.enrollment() + ", "
                + token.uses() + " uses until " + token.expiresAt();
        Digests digests =
                kind == Kind.TOKEN_MADE ? Digests.born(detail) : Digests.changed(detail, detail + ", revoked");
        byte[] body =
                Statement.of("token:" + token.id(), detail, digests, warrant).bytes();
        return new EntryRow(
                id.slot(),
                id,
                version,
                tenant,
                Kinds.number(kind),
                at.toEpochMilli(),
                warrant.actor(),
                sealing.newId(id.slot(), at.toEpochMilli()),
                sealing.ofTenant(tenant).seal(Address.of(Table.ENTRY, tenant, id, version), body));
    }
}
