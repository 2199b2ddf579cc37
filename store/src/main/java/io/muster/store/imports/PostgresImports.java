package io.muster.store.imports;

import io.muster.core.access.Warrant;
import io.muster.core.device.Name;
import io.muster.core.roster.Addition;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Import;
import io.muster.core.roster.Import.State;
import io.muster.core.roster.Import.Tally;
import io.muster.core.roster.ImportId;
import io.muster.core.roster.Imports;
import io.muster.core.roster.Registered;
import io.muster.store.database.Database;
import io.muster.store.database.Query;
import io.muster.store.lane.Lane;
import io.muster.store.roster.Individuals;
import io.muster.store.roster.PostgresRoster;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Imports in the database. Leases go by its clock.
public final class PostgresImports implements Imports {

    private final Database database;
    private final Query query;
    private final Lane lane;
    private final PostgresRoster roster;
    private final Individuals individuals;
    private final ImportForm form;

    public PostgresImports(
            Database database, Lane lane, PostgresRoster roster, Individuals individuals, Sealing sealing) {
        this.database = database;
        this.query = new Query(database);
        this.lane = lane;
        this.roster = roster;
        this.individuals = individuals;
        this.form = new ImportForm(sealing);
    }

    @Override
    public Registered<Import> begin(Name tenant, Import.Order order, Warrant warrant) {
        Optional<Integer> number = roster.number(tenant);
        if (number.isEmpty()) {
            return new Registered.Missing<>("tenant " + tenant);
        }
        return database.transact(connection -> {
            ImportSql.lock(connection, number.get());
            if (ImportSql.open(connection, number.get()) >= MAX_OPEN) {
                return new Registered.Full<>("imports on their way", MAX_OPEN);
            }
            long now = ImportSql.now(connection);
            Instant at = Instant.ofEpochMilli(now);
            Import begun = new Import(
                    form.newId(now),
                    tenant,
                    order,
                    warrant,
                    State.RECEIVING,
                    Optional.empty(),
                    Tally.NOTHING,
                    List.of(),
                    Optional.empty(),
                    at,
                    at);
            Query.change(connection, ImportSql.INSERT, s -> {
                s.setLong(1, now);
                s.setInt(2, number.get());
                s.setBytes(3, ImportForm.octets(begun.id()).raw());
                s.setBytes(4, form.seal(number.get(), begun).raw());
                s.setBytes(5, form.sealFindings(number.get(), begun).raw());
            });
            return new Registered.Done<>(begun);
        });
    }

    @Override
    public boolean receive(Import receiving, int part, byte[] bytes) {
        int tenant = number(receiving);
        Octets sealed = form.sealPart(tenant, receiving.id(), part, bytes);
        return database.transact(connection -> {
            boolean receives =
                    Query.change(connection, ImportSql.TOUCH, s -> ImportSql.key(s, 1, tenant, receiving.id())) == 1;
            if (receives) {
                Query.change(connection, ImportSql.INSERT_PART, s -> {
                    int at = ImportSql.key(s, 1, tenant, receiving.id());
                    s.setInt(at, part);
                    s.setBytes(at + 1, sealed.raw());
                });
            }
            return receives;
        });
    }

    @Override
    public Optional<Import> received(Import receiving, long bytes, String digest) {
        Import whole = new Import(
                receiving.id(),
                receiving.tenant(),
                receiving.order(),
                receiving.warrant(),
                State.VALIDATING,
                Optional.of(digest),
                new Tally(bytes, 0, 0, 0, 0, 0, 0, 0),
                List.of(),
                Optional.empty(),
                receiving.createdAt(),
                receiving.changedAt());
        return leaveReceiving(whole) ? Optional.of(whole) : Optional.empty();
    }

    @Override
    public void abandon(Import receiving, String why) {
        Import failed = receiving.now(State.FAILED, receiving.tally(), List.of(), Optional.of(why));
        if (leaveReceiving(failed)) {
            dropParts(failed);
        }
    }

    private boolean leaveReceiving(Import next) {
        int tenant = number(next);
        return database.transact(connection -> Query.change(connection, ImportSql.LEAVE_RECEIVING, s -> {
                    s.setShort(1, ImportForm.number(next.state()));
                    s.setBytes(2, form.seal(tenant, next).raw());
                    ImportSql.key(s, 3, tenant, next.id());
                }))
                == 1;
    }

    @Override
    public Optional<Import> find(Name tenant, ImportId id) {
        return roster.number(tenant)
                .flatMap(number -> query.one(
                        ImportSql.FIND,
                        s -> ImportSql.key(s, 1, number, id),
                        row -> whole(number, form.read(number, tenant, row), Octets.of(row.getBytes(5)))));
    }

    @Override
    public List<Import> list(Name tenant, Optional<ImportId> after, int limit) {
        Octets from = after.map(ImportForm::octets).orElse(ImportSql.LAST);
        return roster.number(tenant)
                .map(number -> query.all(
                        ImportSql.PAGE,
                        s -> {
                            s.setInt(1, number);
                            s.setBytes(2, from.raw());
                            s.setInt(3, limit);
                        },
                        row -> form.read(number, tenant, row)))
                .orElse(List.of());
    }

    @Override
    public Optional<Import> cancel(Name tenant, ImportId id) {
        Optional<Integer> number = roster.number(tenant);
        return number.flatMap(it -> database.transact(connection -> cancel(connection, it, tenant, id)));
    }

    private Optional<Import> cancel(Connection connection, int number, Name tenant, ImportId id) throws SQLException {
        Optional<Import> found = Query.all(
                        connection,
                        ImportSql.FIND + " FOR UPDATE",
                        s -> ImportSql.key(s, 1, number, id),
                        row -> whole(number, form.read(number, tenant, row), Octets.of(row.getBytes(5))))
                .stream()
                .findFirst();
        if (found.isEmpty() || found.get().state().ended()) {
            return found;
        }
        Import present = found.get();
        Import canceled = present.now(State.CANCELED, present.tally(), present.findings(), Optional.empty());
        write(connection, number, canceled, Duration.ZERO);
        return Optional.of(canceled);
    }

    @Override
    public Optional<Leased> lease(Duration lease) {
        record Taken(int tenant, Octets id) {}
        Optional<Taken> taken = database.transact(connection -> Query.all(
                        connection,
                        ImportSql.LEASE,
                        s -> s.setLong(1, lease.toMillis()),
                        row -> new Taken(row.getInt(1), Octets.of(row.getBytes(2))))
                .stream()
                .findFirst());
        return taken.flatMap(it -> roster.name(it.tenant())
                .flatMap(name -> query.one(
                        ImportSql.FIND_LEASED,
                        s -> {
                            s.setInt(1, it.tenant());
                            s.setBytes(2, it.id().raw());
                        },
                        row -> new Leased(
                                whole(it.tenant(), form.read(it.tenant(), name, row), Octets.of(row.getBytes(5))),
                                row.getLong(6)))));
    }

    @Override
    public InputStream content(Leased leased) {
        Import work = leased.work();
        int tenant = number(work);
        return new ImportFile(
                part -> query.one(
                                ImportSql.READ_PART,
                                s -> s.setInt(ImportSql.key(s, 1, tenant, work.id()), part),
                                row -> Octets.of(row.getBytes(1)))
                        .map(bytes -> form.openPart(tenant, work.id(), part, bytes)),
                work.tally().bytes());
    }

    @Override
    public boolean keep(Leased leased, Import next, Duration lease) {
        int tenant = number(next);
        return database.transact(connection -> {
            boolean mine = ImportSql.holds(connection, tenant, leased);
            if (mine) {
                write(connection, tenant, next, lease);
            }
            return mine;
        });
    }

    @Override
    public Optional<Import> add(
            Leased leased, List<Enrollment> some, Function<List<Addition>, Import> next, Duration lease) {
        Import work = leased.work();
        int tenant = number(work);
        Individuals.Batch batch = individuals.prepare(tenant, work.tenant(), some);
        Optional<Import> reached = lane.change(
                (connection, journal) -> {
                    if (!ImportSql.holds(connection, tenant, leased)) {
                        return Optional.empty();
                    }
                    Import then = next.apply(individuals.add(connection, journal, batch, work.warrant()));
                    write(connection, tenant, then, lease);
                    return Optional.of(then);
                },
                work.warrant());
        roster.catchUp();
        return reached;
    }

    @Override
    public void release(Leased leased) {
        int tenant = number(leased.work());
        database.transact(connection -> Query.change(connection, ImportSql.RELEASE, s -> {
            int at = ImportSql.key(s, 1, tenant, leased.work().id());
            s.setLong(at, leased.turn());
        }));
    }

    @Override
    public void tidy() {
        for (ImportSql.Orphan orphan : query.all(ImportSql.NOT_COMING, s -> {}, ImportSql.Orphan::read)) {
            roster.name(orphan.tenant())
                    .flatMap(tenant -> find(tenant, orphan.id()))
                    .ifPresent(it -> abandon(it, "The file did not arrive: its upload was cut off."));
        }
        database.transact(connection -> Query.change(connection, ImportSql.DROP_OLD, s -> {}));
    }

    /// Whoever is called holds the row.
    private void write(Connection connection, int tenant, Import next, Duration lease) throws SQLException {
        Query.change(connection, ImportSql.WRITE, s -> {
            s.setShort(1, ImportForm.number(next.state()));
            s.setLong(2, lease.toMillis());
            s.setBytes(3, form.seal(tenant, next).raw());
            s.setBytes(4, form.sealFindings(tenant, next).raw());
            ImportSql.key(s, 5, tenant, next.id());
        });
        if (next.state().ended()) {
            dropParts(connection, tenant, next.id());
        }
    }

    private void dropParts(Import ended) {
        int tenant = number(ended);
        database.transact(connection -> dropParts(connection, tenant, ended.id()));
    }

    private static int dropParts(Connection connection, int tenant, ImportId id) throws SQLException {
        try (PreparedStatement drop = connection.prepareStatement(ImportSql.DROP_PARTS)) {
            ImportSql.key(drop, 1, tenant, id);
            return drop.executeUpdate();
        }
    }

    private Import whole(int tenant, Import read, Octets findings) {
        return read.now(read.state(), read.tally(), form.findings(tenant, read.id(), findings), read.failure());
    }

    private int number(Import work) {
        return roster.number(work.tenant())
                .orElseThrow(() -> new IllegalStateException("unknown tenant " + work.tenant()));
    }
}
