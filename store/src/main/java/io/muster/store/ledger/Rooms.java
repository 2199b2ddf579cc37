package io.muster.store.ledger;

import io.muster.core.device.Device;
import io.muster.core.device.Name;
import io.muster.core.device.Serial;
import io.muster.store.database.Database;
import io.muster.store.database.DatabaseClock;
import io.muster.store.database.Grouped;
import io.muster.store.database.Query;
import io.muster.store.lane.Lane;
import io.muster.store.roster.PostgresRoster;
import io.muster.store.sealing.BlindIndex;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the ledger's ports are made of, put together once.
public final class Rooms implements AutoCloseable {

    private static final String DEVICE = "SELECT " + DeviceRows.COLUMNS
            + " FROM device d JOIN device_key k ON k.slot = d.slot AND k.device_id = d.device_id"
            + " WHERE d.slot = ? AND d.device_id = ?";

    private final Database database;
    private final PostgresRoster roster;
    private final Sealing sealing;
    private final Query query;
    private final Ids ids;
    private final DeviceRows devices;
    private final Lookups lookups;
    private final Grouped<PostgresCertificates.Sought, CertificateRows.Stored> certificatesSought;
    private final Grouped<PostgresTokens.Sought, PostgresTokens.Used> tokensSought;
    private final Grouped<PostgresContests.Sought, PostgresContests.Stored> placesSought;
    private final Grouped<PostgresCreations.Sought, CreationForm.Stored> creationsSought;
    private final CreationWriter creationWriter;
    private final BlindIndex index;
    private final Look look;
    private final AttemptRows attempts;
    private final OperationForm operations;
    private final CertificateRows certificates;
    private final Holdings holdings;
    private final Acts acts;

    public Rooms(Database database, PostgresRoster roster, Sealing sealing, BlindIndex index) {
        this.database = database;
        this.roster = roster;
        this.sealing = sealing;
        this.query = new Query(database);
        this.ids = new Ids(index);
        this.devices = new DeviceRows(sealing);
        this.lookups = new Lookups(database);
        this.certificatesSought = new Grouped<>(database, "muster-certificate", PostgresCertificates.statement());
        this.tokensSought = new Grouped<>(database, "muster-token", PostgresTokens.statement());
        this.placesSought = new Grouped<>(database, "muster-place", PostgresContests.statement());
        this.creationsSought = new Grouped<>(database, "muster-creation-look-up", PostgresCreations.statement());
        this.creationWriter = new CreationWriter(database);
        this.index = index;
        this.look = new Look(lookups, devices, ids);
        this.attempts = new AttemptRows(sealing, roster);
        this.operations = new OperationForm(sealing);
        this.certificates = new CertificateRows(sealing, ids);
        DeviceKeys keys = new DeviceKeys(query, sealing);
        this.holdings = new Holdings(query, lookups, ids, keys);
        this.acts = new Acts(sealing, roster, ids, keys, certificates, attempts, operations);
    }

    public PostgresLedger ledger(Lane lane, DatabaseClock clock) {
        return new PostgresLedger(lane, roster, sealing, clock, this);
    }

    public PostgresCertificates certificates(Lane lane, DatabaseClock clock) {
        return new PostgresCertificates(query, roster, this, certificatesSought, lane, clock);
    }

    public PostgresCustody custody(Lane lane, DatabaseClock clock) {
        return new PostgresCustody(roster, this, holdings, operations(), lane, clock);
    }

    public PostgresAudit audit(Lane lane, DatabaseClock clock) {
        return new PostgresAudit(
                query,
                roster,
                this,
                new AuditEntries(sealing, roster),
                new Chains(database),
                new AuditReadings(roster, sealing, lane, clock));
    }

    public EntryEvents events() {
        return new EntryEvents(sealing, roster);
    }

    public PostgresLogbook logbook() {
        return new PostgresLogbook(query, roster, attempts(), operations());
    }

    public PostgresTokens tokens(Lane lane, DatabaseClock clock) {
        return new PostgresTokens(query, roster, sealing, ids, tokensSought, lane, clock);
    }

    public PostgresCreations creations(Lane lane) {
        return new PostgresCreations(query, roster, this, sealing, index, lane);
    }

    public PostgresMovements movements() {
        return new PostgresMovements(query, roster, ids);
    }

    public PostgresContests contests(Lane lane, DatabaseClock clock) {
        return new PostgresContests(query, roster, sealing, this, lane, clock);
    }

    public PostgresDevices devices() {
        return new PostgresDevices(query, roster, devices, look, new Facets(ids));
    }

    public PostgresPresences presences() {
        return new PostgresPresences(database, roster, sealing, ids, new DeviceKeys(query, sealing));
    }

    public PostgresAttempts attempts() {
        return new PostgresAttempts(query, roster, sealing, ids, attempts.form());
    }

    public PostgresPrecedents precedents() {
        return new PostgresPrecedents(query, roster, attempts());
    }

    public PostgresOperations operations() {
        return new PostgresOperations(database, roster, ids, attempts, operations);
    }

    /// @param first the slot to begin with; nodes begin apart
    /// @param slots how many slots one round covers
    public Sweep sweep(int first, int slots) {
        return new Sweep(database, operations(), first, slots);
    }

    @Override
    public void close() {
        lookups.close();
        certificatesSought.close();
        tokensSought.close();
        placesSought.close();
        creationsSought.close();
        creationWriter.close();
    }

    Grouped<PostgresContests.Sought, PostgresContests.Stored> placesSought() {
        return placesSought;
    }

    Grouped<PostgresCreations.Sought, CreationForm.Stored> creationsSought() {
        return creationsSought;
    }

    CreationWriter creationWriter() {
        return creationWriter;
    }

    /// Where the row lives of a certificate that a claim created; empty while it is no device's.
    Optional<Short> slotOfCreated(int tenant, Serial serial) {
        Octets bi = ids.serial(tenant, serial).bi();
        return Optional.ofNullable(creationsSought
                        .find(List.of(new PostgresCreations.Sought(tenant, serial.slot(), bi)))
                        .get(bi))
                .flatMap(CreationForm.Stored::place)
                .map(CreationForm.Place::slot);
    }

    AttemptForm attemptForm() {
        return attempts.form();
    }

    CertificateRows certificateRows() {
        return certificates;
    }

    /// A device that is known to be there.
    Device device(int number, Name tenant, short slot, Octets id) {
        return query.one(
                        DEVICE,
                        s -> {
                            s.setShort(1, slot);
                            s.setBytes(2, id.raw());
                        },
                        row -> devices.open(DeviceRows.read(row, 1), number, tenant))
                .orElseThrow(() -> new IllegalStateException("a certificate has no device"));
    }

    /// A new random id.
    Octets newId(short slot, Instant now) {
        return sealing.newId(slot, now.toEpochMilli());
    }

    Ids ids() {
        return ids;
    }

    Look look() {
        return look;
    }

    Acts acts() {
        return acts;
    }
}
