package io.muster.server.house;

import io.muster.core.roster.Secret;
import io.muster.desk.health.Readiness;
import io.muster.desk.ledger.InstallationOperations.Database;
import io.muster.server.settings.Settings;
import io.muster.store.PostgresStore;
import io.muster.store.database.DatabaseAddress;
import io.muster.store.embedded.EmbeddedPostgres;
import io.muster.store.embedded.Health;
import io.muster.store.keyring.Keyring;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;

/// The store, over the bundled PostgreSQL or an external one.
final class LedgerRoom implements AutoCloseable {

    private final Optional<EmbeddedPostgres> bundled;
    private final PostgresStore store;

    private LedgerRoom(Optional<EmbeddedPostgres> bundled, PostgresStore store) {
        this.bundled = bundled;
        this.store = store;
    }

    /// @param authority fingerprint of the TLS CA: like the keyring, the same on every node of a database
    static LedgerRoom open(
            Settings settings, DataDirectory data, Keyring keyring, String authority, InstantSource clock) {
        Optional<EmbeddedPostgres> bundled = settings.databaseUrl().isPresent()
                ? Optional.empty()
                : Optional.of(EmbeddedPostgres.start(EmbeddedPostgres.Settings.in(data.database())));
        try {
            DatabaseAddress address = settings.databaseUrl()
                    .map(DatabaseAddress::parse)
                    .orElseGet(() -> bundled.map(LedgerRoom::address).orElseThrow());
            return new LedgerRoom(bundled, PostgresStore.open(address, keyring, authority, clock));
        } catch (RuntimeException e) {
            bundled.ifPresent(EmbeddedPostgres::close);
            throw e;
        }
    }

    private static DatabaseAddress address(EmbeddedPostgres server) {
        Secret password = Secret.of(server.password().reveal().getBytes(StandardCharsets.UTF_8));
        return new DatabaseAddress(server.url(), server.user(), Optional.of(password));
    }

    PostgresStore store() {
        return store;
    }

    Database kind() {
        return bundled.isPresent() ? Database.EMBEDDED : Database.EXTERNAL;
    }

    Readiness readiness() {
        return new Readiness() {
            @Override
            public String name() {
                return "database";
            }

            @Override
            public Optional<String> missing() {
                return bundled.flatMap(LedgerRoom::down).or(store::missing);
            }
        };
    }

    private static Optional<String> down(EmbeddedPostgres server) {
        return switch (server.health()) {
            case Health.Up ignored -> Optional.empty();
            case Health.Down down -> Optional.of(down.reason());
            case Health.Stopped() -> Optional.of("The bundled PostgreSQL is stopped.");
        };
    }

    /// Where the bundled database lies; empty for an external one.
    Optional<String> place() {
        return bundled.map(server -> server.cluster().toString());
    }

    @Override
    public void close() {
        store.close();
        bundled.ifPresent(EmbeddedPostgres::close);
    }
}
