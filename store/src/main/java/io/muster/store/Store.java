package io.muster.store;

import io.muster.core.access.Principals;
import io.muster.core.access.Repeats;
import io.muster.core.attestation.Continuations;
import io.muster.core.issuance.AuthorityVault;
import io.muster.core.ledger.Attempts;
import io.muster.core.ledger.Audit;
import io.muster.core.ledger.Certificates;
import io.muster.core.ledger.Contests;
import io.muster.core.ledger.Creations;
import io.muster.core.ledger.Custody;
import io.muster.core.ledger.Devices;
import io.muster.core.ledger.Ledger;
import io.muster.core.ledger.LedgerUnavailable;
import io.muster.core.ledger.Logbook;
import io.muster.core.ledger.Movements;
import io.muster.core.ledger.Operations;
import io.muster.core.ledger.Outbox;
import io.muster.core.ledger.Precedents;
import io.muster.core.ledger.Presences;
import io.muster.core.ledger.Revocations;
import io.muster.core.ledger.Sinks;
import io.muster.core.roster.Claims;
import io.muster.core.roster.Imports;
import io.muster.core.roster.NamedPolicies;
import io.muster.core.roster.RegisteredAnchors;
import io.muster.core.roster.Registrar;
import io.muster.core.roster.Roster;
import io.muster.core.roster.Tokens;
import io.muster.core.roster.Versions;
import io.muster.store.access.PostgresPrincipals;
import io.muster.store.access.PostgresRepeats;
import io.muster.store.claims.PostgresClaims;
import io.muster.store.database.Database;
import io.muster.store.database.DatabaseAddress;
import io.muster.store.database.DatabaseClock;
import io.muster.store.database.Installation;
import io.muster.store.database.Query;
import io.muster.store.database.UnusableDatabaseException;
import io.muster.store.imports.PostgresImports;
import io.muster.store.issuance.PostgresAuthorityVault;
import io.muster.store.issuance.PostgresRevocations;
import io.muster.store.keyring.Keyring;
import io.muster.store.keyring.KeyringException;
import io.muster.store.lane.Lane;
import io.muster.store.lane.LaneWatch;
import io.muster.store.ledger.Rooms;
import io.muster.store.outbox.PostgresOutbox;
import io.muster.store.outbox.PostgresSinks;
import io.muster.store.roster.Individuals;
import io.muster.store.roster.PostgresAnchors;
import io.muster.store.roster.PostgresPolicies;
import io.muster.store.roster.PostgresRegistrar;
import io.muster.store.roster.PostgresRoster;
import io.muster.store.roster.PostgresVersions;
import io.muster.store.sealing.BlindIndex;
import io.muster.store.sealing.SealedContinuations;
import io.muster.store.sealing.Sealing;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// One node's store, put together and open.
public final class Store implements AutoCloseable {

    private static final String KEYRING = "keyring";
    private static final int SLOTS_APART = 9_973;

    /// Each slot's turn comes more than once a day.
    private static final int SLOTS_A_MINUTE = 64;
    private static final String NEWEST_COMMIT = "SELECT coalesce(max(seen_at), 0) FROM lane WHERE head_seq > 0";
    private static final String NOW = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    private final Database database;
    private final Installation installation;
    private final Lane lane;
    private final PostgresRoster roster;
    private final Registrar registrar;
    private final RegisteredAnchors anchors;
    private final NamedPolicies policies;
    private final Imports imports;
    private final Ledger ledger;
    private final Certificates certificates;
    private final Custody custody;
    private final Audit audit;
    private final Revocations revocations;
    private final Tokens tokens;
    private final PostgresClaims claims;
    private final Creations creations;
    private final Contests contests;
    private final Outbox outbox;
    private final Sinks sinks;
    private final AuthorityVault authorityVault;
    private final Continuations continuations;
    private final Principals principals;
    private final Repeats repeats;
    private final Rooms rooms;
    private final DatabaseClock databaseClock;
    private final PostgresVersions versions;
    private final Presences presences;
    private final Pulse pulse;

    private Store(Database database, Installation installation, Keyring keyring, InstantSource clock, LaneWatch watch) {
        this.database = database;
        this.installation = installation;
        Sealing sealing = new Sealing(keyring);
        BlindIndex index = new BlindIndex(keyring.index());
        this.databaseClock = clock(database);
        this.roster = new PostgresRoster(database, sealing, index);
        this.lane = Lane.open(database, watch);
        this.registrar = new PostgresRegistrar(database, lane, roster, sealing, index, clock);
        this.anchors = new PostgresAnchors(database, lane, sealing, index, clock);
        this.policies = new PostgresPolicies(database, lane, roster, sealing, index, clock);
        this.versions = new PostgresVersions(database, sealing, index, roster);
        this.imports =
                new PostgresImports(database, lane, roster, new Individuals(database, sealing, index, clock), sealing);
        this.rooms = new Rooms(database, roster, sealing, index);
        this.ledger = rooms.ledger(lane, databaseClock);
        this.certificates = rooms.certificates(lane, databaseClock);
        this.custody = rooms.custody(lane, databaseClock);
        this.audit = rooms.audit(lane, databaseClock);
        this.tokens = rooms.tokens(lane, databaseClock);
        this.claims = new PostgresClaims(database, roster, lane, sealing, index, databaseClock);
        this.creations = rooms.creations(lane);
        this.contests = rooms.contests(lane, databaseClock);
        this.outbox = new PostgresOutbox(database, rooms.events(), lane.written());
        this.sinks = new PostgresSinks(database, lane, sealing, index, clock);
        this.revocations = new PostgresRevocations(database);
        this.authorityVault = new PostgresAuthorityVault(database, roster, sealing, clock);
        this.continuations = new SealedContinuations(keyring, roster::number);
        this.principals = new PostgresPrincipals(database, lane, sealing, index, clock);
        this.repeats = new PostgresRepeats(database, sealing, index, clock);
        this.presences = rooms.presences();
        this.pulse = new Pulse(
                database,
                roster,
                databaseClock,
                rooms.sweep(lane.number() * SLOTS_APART, SLOTS_A_MINUTE),
                creations,
                clock);
        pulse.start();
    }

    /// Opens the database and the keyring, and checks that they belong together.
    ///
    /// @throws UnusableDatabaseException when the database cannot be used, or belongs to another keyring
    /// @throws KeyringException when the keyring cannot be used
    /// @throws LedgerUnavailable when the database went away meanwhile
    public static Store open(DatabaseAddress address, Path keyringDirectory, InstantSource clock) {
        return open(address, keyringDirectory, clock, LaneWatch.NOBODY);
    }

    /// The same with somebody who hears how the writer fares.
    public static Store open(DatabaseAddress address, Path keyringDirectory, InstantSource clock, LaneWatch watch) {
        Database database = Database.open(address);
        try {
            Installation installation = new Installation(database);
            refuseLostKeyring(installation, keyringDirectory);
            Keyring keyring = Keyring.open(keyringDirectory);
            installation.agree(
                    KEYRING,
                    keyring.fingerprint(),
                    "its keyring " + keyring.path() + " is another one; set keyring.dir to the installation's keyring");
            return new Store(database, installation, keyring, clock, watch);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /// The database's time, as it was read within the last seconds.
    public Instant databaseTime() {
        return databaseClock.now();
    }

    public Roster roster() {
        return roster;
    }

    public Registrar registrar() {
        return registrar;
    }

    public RegisteredAnchors anchors() {
        return anchors;
    }

    public NamedPolicies policies() {
        return policies;
    }

    public Imports imports() {
        return imports;
    }

    public Ledger ledger() {
        return ledger;
    }

    public Certificates certificates() {
        return certificates;
    }

    public Custody custody() {
        return custody;
    }

    public Audit audit() {
        return audit;
    }

    public Revocations revocations() {
        return revocations;
    }

    public Contests contests() {
        return contests;
    }

    public Outbox outbox() {
        return outbox;
    }

    public Sinks sinks() {
        return sinks;
    }

    public Tokens tokens() {
        return tokens;
    }

    public Claims claims() {
        return claims;
    }

    public Creations creations() {
        return creations;
    }

    public AuthorityVault authorityVault() {
        return authorityVault;
    }

    public Continuations continuations() {
        return continuations;
    }

    public Principals principals() {
        return principals;
    }

    public Repeats repeats() {
        return repeats;
    }

    public Devices devices() {
        return rooms.devices();
    }

    public Presences presences() {
        return presences;
    }

    public Logbook logbook() {
        return rooms.logbook();
    }

    public Attempts attempts() {
        return rooms.attempts();
    }

    public Precedents precedents() {
        return rooms.precedents();
    }

    public Movements movements() {
        return rooms.movements();
    }

    public Versions versions() {
        return versions;
    }

    public Operations operations() {
        return rooms.operations();
    }

    /// What all nodes must have in common besides the keyring.
    public Installation installation() {
        return installation;
    }

    /// How the store fares, in numbers.
    public Vitals vitals() {
        return new Vitals(database, lane);
    }

    /// What is wrong with the database, in words; empty when nothing is.
    public Optional<String> trouble() {
        return pulse.trouble();
    }

    /// Finishes what is being written, and closes.
    @Override
    public void close() {
        pulse.close();
        lane.close();
        claims.close();
        rooms.close();
        database.close();
    }

    /// A new keyring must not be made where the database already belongs to one: it would open nothing.
    private static void refuseLostKeyring(Installation installation, Path directory) {
        Optional<String> agreed = installation.read(KEYRING);
        if (agreed.isPresent() && !Keyring.exists(directory)) {
            throw new UnusableDatabaseException("The database belongs to the keyring " + agreed.get() + ", and "
                    + directory + " holds none. Copy the installation's keyring there, or set keyring.dir to it;"
                    + " without it nothing in this database can be read.");
        }
    }

    private static DatabaseClock clock(Database database) {
        Query query = new Query(database);
        long now = query.one(NOW, statement -> {}, row -> row.getLong(1)).orElseThrow();
        long newest =
                query.one(NEWEST_COMMIT, statement -> {}, row -> row.getLong(1)).orElse(0L);
        return new DatabaseClock(now, newest, System::nanoTime);
    }
}
