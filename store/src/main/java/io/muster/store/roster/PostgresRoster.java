package io.muster.store.roster;

import io.muster.core.device.Name;
import io.muster.core.device.PolicyName;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Refusal;
import io.muster.core.ledger.Movements.Guest;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.NamedPolicy;
import io.muster.core.roster.Recognition;
import io.muster.core.roster.Recognition.Recognized;
import io.muster.core.roster.Recognition.Unrecognized;
import io.muster.core.roster.Roster;
import io.muster.core.roster.Tenant;
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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The roster as this node holds it: one edition in memory, individual enrollments looked up.
public final class PostgresRoster implements Roster {

    /// How often callers that are not known may make this node ask for the newest edition.
    private static final Duration ASK_INTERVAL = Duration.ofMillis(100);

    private static final int MOST_TRUSTING = 16;

    private static final String COUNTER = "SELECT counter FROM roster_change WHERE one = 1";

    private static final String INDIVIDUAL = """
            SELECT e.id, e.version, e.sealed FROM roster r
            JOIN gate g ON g.tenant = r.tenant AND g.enrollment = r.enrollment
            JOIN enrollment e ON e.tenant = g.tenant AND e.id = g.enrollment AND e.version = g.version
            WHERE r.slot = ? AND r.tenant = ? AND r.name_bi = ?""";

    private final Query query;
    private final EditionReader reader;
    private final BlindIndex index;
    private final Gates gates;
    private final Openings openings;
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile Edition edition;
    private long asked = System.nanoTime() - ASK_INTERVAL.toNanos();

    public PostgresRoster(Database database, Sealing sealing, BlindIndex index) {
        this.query = new Query(database);
        this.reader = new EditionReader(database, sealing);
        this.index = index;
        this.gates = new Gates(index);
        this.openings = new Openings(query, index, gates);
        this.edition = reader.newest();
    }

    /// Nobody is refused for good because of what another node changed a moment ago.
    @Override
    public Recognition recognize(EnrollmentRequest request) {
        Edition present = edition;
        Recognition recognition = recognize(present, request);
        return mayTake(recognition) || !readAgain(present) ? recognition : recognize(edition, request);
    }

    private Recognition recognize(Edition present, EnrollmentRequest request) {
        return present.of(request.scope())
                .<Recognition>map(holding -> new Recognized(
                        request,
                        holding.tenant(),
                        candidates(holding, request),
                        holding.hubs(),
                        holding.profiles(),
                        present.number()))
                .orElseGet(() -> new Unrecognized(new Refusal.UnknownTenant()));
    }

    private static boolean mayTake(Recognition recognition) {
        return switch (recognition) {
            case Unrecognized ignored -> false;
            case Recognized it ->
                it.tenant().enabled() && it.candidates().stream().anyMatch(Enrollment::enabled);
        };
    }

    @Override
    public Endpoint endpoint(Optional<String> scope, Optional<Name> enrollment) {
        Edition present = edition;
        Endpoint endpoint = endpoint(present, scope, enrollment);
        return endpoint instanceof Endpoint.Open || !readAgain(present)
                ? endpoint
                : endpoint(edition, scope, enrollment);
    }

    private static Endpoint endpoint(Edition present, Optional<String> scope, Optional<Name> enrollment) {
        Optional<Holding> holding = present.of(scope);
        if (holding.isEmpty()) {
            return new Endpoint.Nothing(new Refusal.UnknownTenant());
        }
        Optional<Enrollment> group = enrollment.flatMap(holding.get()::group);
        return enrollment.isPresent() && group.isEmpty()
                ? new Endpoint.Nothing(new Refusal.NotEnrolled())
                : new Endpoint.Open(holding.get().tenant(), group, holding.get().profiles());
    }

    @Override
    public List<Enrollment> trusting(Optional<String> scope, Set<String> issuers) {
        Edition present = edition;
        List<Enrollment> found = trusting(present, scope, issuers);
        return !found.isEmpty() || !readAgain(present) ? found : trusting(edition, scope, issuers);
    }

    private static List<Enrollment> trusting(Edition present, Optional<String> scope, Set<String> issuers) {
        return present.trusting(scope, issuers).limit(MOST_TRUSTING).toList();
    }

    @Override
    public List<Name> tenantsAt(String host) {
        Edition present = edition;
        List<Name> found = present.tenantsAt(host);
        return !found.isEmpty() || !readAgain(present) ? found : edition.tenantsAt(host);
    }

    /// What another node made a moment ago counts; so does what it took away, within two seconds.
    @Override
    public Map<PolicyName, NamedPolicy> policies(Name tenant, Set<PolicyName> names) {
        Edition present = edition;
        Map<PolicyName, NamedPolicy> found = policies(present, tenant, names);
        return found.size() == names.size() || !readAgain(present) ? found : policies(edition, tenant, names);
    }

    private static Map<PolicyName, NamedPolicy> policies(Edition present, Name tenant, Set<PolicyName> names) {
        return present.holding(tenant).stream()
                .flatMap(holding -> names.stream()
                        .flatMap(name -> Stream.ofNullable(holding.policies().get(name))))
                .collect(Collectors.toMap(NamedPolicy::name, Function.identity()));
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

    /// Reads the roster again if the database holds a newer edition.
    public void catchUp() {
        notice(query.one(COUNTER, statement -> {}, row -> row.getLong(1)).orElseThrow());
    }

    /// Whether this node has a newer edition by now than the one that a caller was judged by. The database is asked
    /// after the caller came, once for all who wait: what was changed before it came counts.
    private boolean readAgain(Edition judged) {
        long came = System.nanoTime();
        refreshing.lock();
        try {
            if (edition.number() <= judged.number() && asked - came < 0) {
                LockSupport.parkNanos(asked + ASK_INTERVAL.toNanos() - came);
                asked = System.nanoTime();
                notice(query.one(COUNTER, statement -> {}, row -> row.getLong(1))
                        .orElseThrow());
            }
            return edition.number() > judged.number();
        } finally {
            refreshing.unlock();
        }
    }

    /// The number of a tenant in the tables; empty for an unknown one.
    public Optional<Integer> number(Name tenant) {
        Edition present = edition;
        Optional<Holding> holding = present.holding(tenant);
        Optional<Holding> found = holding.isPresent() || !readAgain(present) ? holding : edition.holding(tenant);
        return found.map(Holding::number);
    }

    /// A group enrollment of a tenant, as of now.
    public Optional<Enrollment> group(Name tenant, Name enrollment) {
        Edition present = edition;
        Optional<Enrollment> group = present.holding(tenant).flatMap(it -> it.group(enrollment));
        return group.isPresent() || !readAgain(present)
                ? group
                : edition.holding(tenant).flatMap(it -> it.group(enrollment));
    }

    /// Tenants that want readings of their audit to be entries.
    public List<Name> auditingReads() {
        return edition.tenants().values().stream()
                .map(Holding::tenant)
                .filter(Tenant::auditReads)
                .map(Tenant::name)
                .toList();
    }

    /// The individual enrollment of a device, as of now.
    Optional<Enrollment> individual(Name tenant, RegistrationId device) {
        return edition.holding(tenant).filter(Holding::individuals).flatMap(holding -> individual(holding, device));
    }

    /// Of many who were let in, those whom their enrollments let in no more.
    public Set<Guest> shut(Set<Guest> guests) {
        return openings.shut(edition, guests);
    }

    /// The name of a tenant in the tables; empty for an unknown one.
    public Optional<Name> name(int number) {
        Edition present = edition;
        Optional<Name> name = name(present, number);
        return name.isPresent() || !readAgain(present) ? name : name(edition, number);
    }

    private static Optional<Name> name(Edition present, int number) {
        return present.tenants().values().stream()
                .filter(holding -> holding.number() == number)
                .map(holding -> holding.tenant().name())
                .findFirst();
    }

    /// How tables that lie open call an enrollment; what is no group now is taken for an individual.
    public String gate(Name tenant, Name enrollment) {
        Holding holding = edition.holding(tenant).orElseThrow();
        return holding.isGroup(enrollment) ? gates.group(enrollment) : gates.individual(holding.number(), enrollment);
    }

    /// The same of several, whether they are groups or individuals.
    public List<String> gates(int tenant, Collection<Name> enrollments) {
        return gates.of(tenant, enrollments);
    }

    /// The individual enrollment alone where there is one, also where another enrollment is named: nobody comes in by
    /// a group past what an operator said of this one device.
    private List<Enrollment> candidates(Holding holding, EnrollmentRequest request) {
        Optional<Enrollment> individual =
                holding.individuals() ? individual(holding, request.registrationId()) : Optional.empty();
        return individual.map(List::of).orElse(holding.groups()).stream()
                .filter(it -> request.enrollment()
                        .filter(named -> !named.equals(it.name()))
                        .isEmpty())
                .toList();
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
