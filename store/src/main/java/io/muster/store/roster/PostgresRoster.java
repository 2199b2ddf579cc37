package io.muster.store.roster;

import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Refusal;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Recognition;
import io.muster.core.roster.Recognition.Recognized;
import io.muster.core.roster.Recognition.Unrecognized;
import io.muster.core.roster.Roster;
import io.muster.store.database.Database;
import io.muster.store.database.Query;
import io.muster.store.roster.Edition.Holding;
import io.muster.store.sealing.BlindIndex;
import io.muster.store.sealing.BlindIndex.Kind;
import io.muster.store.sealing.Indexed;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The roster as this node holds it: one edition in memory, individual enrollments looked up.
public final class PostgresRoster implements Roster {

    /// How often an unknown tenant may make this node read the roster again.
    private static final Duration MISS_INTERVAL = Duration.ofSeconds(1);

    private static final String INDIVIDUAL = """
            SELECT e.id, e.version, e.sealed FROM roster r
            JOIN gate g ON g.tenant = r.tenant AND g.enrollment = r.enrollment
            JOIN enrollment e ON e.tenant = g.tenant AND e.id = g.enrollment AND e.version = g.version
            WHERE r.slot = ? AND r.tenant = ? AND r.name_bi = ?""";

    private final Query query;
    private final EditionReader reader;
    private final BlindIndex index;
    private final Gates gates;
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile Edition edition;
    private volatile long lastMiss = System.nanoTime() - MISS_INTERVAL.toNanos();

    public PostgresRoster(Database database, Sealing sealing, BlindIndex index) {
        this.query = new Query(database);
        this.reader = new EditionReader(database, sealing);
        this.index = index;
        this.gates = new Gates(index);
        this.edition = reader.newest();
    }

    @Override
    public Recognition recognize(EnrollmentRequest request) {
        Edition present = edition;
        Optional<Holding> found = holding(present, request);
        if (found.isEmpty() && mayReadAgain()) {
            refresh();
            present = edition;
            found = holding(present, request);
        }
        long number = present.number();
        return found.<Recognition>map(holding -> new Recognized(
                        request,
                        holding.tenant(),
                        candidates(holding, request.registrationId()),
                        holding.hubs(),
                        number))
                .orElseGet(() -> new Unrecognized(new Refusal.UnknownTenant()));
    }

    @Override
    public void refresh() {
        refreshing.lock();
        try {
            edition = reader.newest();
        } finally {
            refreshing.unlock();
        }
    }

    /// Reads the roster again when the database holds a newer edition than this node.
    public void notice(long newest) {
        if (newest > edition.number()) {
            refresh();
        }
    }

    /// The number of a tenant in the tables; empty for an unknown one.
    public Optional<Integer> number(Name tenant) {
        return edition.holding(tenant).map(Holding::number);
    }

    /// The name of a tenant in the tables.
    public Optional<Name> name(int number) {
        return edition.tenants().values().stream()
                .filter(holding -> holding.number() == number)
                .map(holding -> holding.tenant().name())
                .findFirst();
    }

    /// How tables that lie open call an enrollment; what is no group now is taken for an individual.
    public String gate(Name tenant, Name enrollment) {
        Holding holding = edition.holding(tenant).orElseThrow();
        return holding.isGroup(enrollment) ? gates.group(enrollment) : gates.individual(holding.number(), enrollment);
    }

    private static Optional<Holding> holding(Edition present, EnrollmentRequest request) {
        return request.scope().isEmpty()
                ? present.only()
                : request.scope().flatMap(Name::parse).flatMap(present::holding);
    }

    private boolean mayReadAgain() {
        long now = System.nanoTime();
        if (now - lastMiss < MISS_INTERVAL.toNanos()) {
            return false;
        }
        lastMiss = now;
        return true;
    }

    private List<Enrollment> candidates(Holding holding, RegistrationId name) {
        return holding.individuals()
                ? individual(holding, name).map(List::of).orElse(holding.groups())
                : holding.groups();
    }

    private Optional<Enrollment> individual(Holding holding, RegistrationId name) {
        Indexed indexed =
                index.index(holding.number(), Kind.NAME, name.canonical().getBytes(StandardCharsets.UTF_8));
        return query.one(
                INDIVIDUAL,
                statement -> {
                    statement.setShort(1, indexed.slot());
                    statement.setInt(2, holding.number());
                    statement.setBytes(3, indexed.bi().raw());
                },
                row -> reader.open(
                        holding.number(),
                        holding.tenant().name(),
                        row.getString(1),
                        row.getInt(2),
                        Octets.of(row.getBytes(3))));
    }
}
