package io.muster.store.issuance;

import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.device.Secret;
import io.muster.core.issuance.AuthorityVault;
import io.muster.store.database.Database;
import io.muster.store.database.Query;
import io.muster.store.pack.Packer;
import io.muster.store.pack.Unpacker;
import io.muster.store.roster.PostgresRoster;
import io.muster.store.sealing.Address;
import io.muster.store.sealing.Address.Table;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The authorities of the tenants, under each tenant's own seal.
public final class PostgresAuthorityVault implements AuthorityVault {

    private static final int FORM = 1;

    private static final String ALL =
            "SELECT tenant, generation, issuer, sealed FROM authority WHERE tenant = ?" + " ORDER BY generation DESC";

    private static final String FIND = "SELECT tenant, generation, issuer, sealed FROM authority WHERE issuer = ?";

    private static final String KEEP = "INSERT INTO authority (created_at, tenant, generation, issuer, sealed)"
            + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (tenant, generation) DO NOTHING";

    private final Database database;
    private final Query query;
    private final PostgresRoster roster;
    private final Sealing sealing;
    private final InstantSource clock;

    public PostgresAuthorityVault(Database database, PostgresRoster roster, Sealing sealing, InstantSource clock) {
        this.database = database;
        this.query = new Query(database);
        this.roster = roster;
        this.sealing = sealing;
        this.clock = clock;
    }

    @Override
    public Optional<Kept> newest(Name tenant) {
        return all(tenant).stream().findFirst();
    }

    @Override
    public List<Kept> all(Name tenant) {
        return roster.number(tenant)
                .map(number -> query.all(ALL, s -> s.setInt(1, number), row -> open(row, tenant)))
                .orElse(List.of());
    }

    @Override
    public Optional<Kept> find(String issuer) {
        return issuer(issuer)
                .flatMap(wanted -> query.one(
                        FIND,
                        s -> s.setBytes(1, wanted.raw()),
                        row -> open(row, roster.name(row.getInt(1)).orElseThrow())));
    }

    @Override
    public Kept keepFirst(Kept made) {
        int tenant = roster.number(made.tenant())
                .orElseThrow(() -> new IllegalStateException("unknown tenant " + made.tenant()));
        Octets sealed = sealing.ofTenant(tenant).seal(address(tenant, made.generation()), write(made));
        int kept = database.transact(connection -> Query.change(connection, KEEP, s -> {
            s.setLong(1, clock.millis());
            s.setInt(2, tenant);
            s.setInt(3, made.generation());
            s.setBytes(4, issuer(made.issuer()).orElseThrow().raw());
            s.setBytes(5, sealed.raw());
        }));
        return kept == 1 ? made : newest(made.tenant()).orElseThrow();
    }

    /// A key identifier as the tables hold it; empty for what is none.
    static Optional<Octets> issuer(String hex) {
        boolean sound = hex.length() % 2 == 0
                && hex.length() <= 128
                && hex.equals(hex.toLowerCase(Locale.ROOT))
                && hex.chars().allMatch(HexFormat::isHexDigit);
        return sound ? Optional.of(Octets.of(HexFormat.of().parseHex(hex))) : Optional.empty();
    }

    private static byte[] write(Kept kept) {
        return new Packer(FORM)
                .octets(kept.root().toArray())
                .octets(kept.rootKey().reveal())
                .octets(kept.issuing().toArray())
                .octets(kept.issuingKey().reveal())
                .bytes();
    }

    private Kept open(ResultSet row, Name tenant) throws SQLException {
        int number = row.getInt(1);
        int generation = row.getInt(2);
        byte[] plain = sealing.ofTenant(number).open(address(number, generation), Octets.of(row.getBytes(4)));
        Unpacker in = new Unpacker(FORM, plain);
        return new Kept(
                tenant,
                generation,
                HexFormat.of().formatHex(row.getBytes(3)),
                Bytes.of(in.octets()),
                Secret.of(in.octets()),
                Bytes.of(in.octets()),
                Secret.of(in.octets()));
    }

    private static Address address(int tenant, int generation) {
        return Address.of(Table.AUTHORITY, tenant, Octets.of(new byte[0]), generation);
    }
}
