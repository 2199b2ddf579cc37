package io.muster.server.house;

import io.muster.core.device.Secret;
import io.muster.desk.health.Readiness;
import io.muster.desk.ledger.InstallationOperations.Database;
import io.muster.server.settings.Settings;
import io.muster.store.Store;
import io.muster.store.database.DatabaseAddress;
import io.muster.store.embedded.EmbeddedPostgres;
import io.muster.store.embedded.Health;
import io.muster.store.lane.LaneWatch;
import io.muster.x509.tls.TlsAuthority;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// The store, over the bundled PostgreSQL or an external one.
final class LedgerRoom implements AutoCloseable {

    private final Optional<EmbeddedPostgres> bundled;
    private final Store store;

    private LedgerRoom(Optional<EmbeddedPostgres> bundled, Store store) {
        this.bundled = bundled;
        this.store = store;
    }

    static LedgerRoom open(
            Settings settings, Supplier<EmbeddedPostgres.Settings> place, InstantSource clock, LaneWatch watch) {
        Optional<EmbeddedPostgres> bundled = settings.databaseUrl().isPresent()
                ? Optional.empty()
                : Optional.of(EmbeddedPostgres.start(place.get()));
        try {
            DatabaseAddress address = settings.databaseUrl()
                    .map(DatabaseAddress::parse)
                    .orElseGet(() -> bundled.map(LedgerRoom::address).orElseThrow());
            return new LedgerRoom(bundled, Store.open(address, settings.keyring(), clock, watch));
        } catch (RuntimeException e) {
            bundled.ifPresent(EmbeddedPostgres::close);
            throw e;
        }
    }

    private static DatabaseAddress address(EmbeddedPostgres server) {
        Secret password = Secret.of(server.password().reveal().getBytes(StandardCharsets.UTF_8));
        return new DatabaseAddress(server.url(), server.user(), Optional.of(password));
    }

    Store store() {
        return store;
    }

    /// Stops a node whose TLS CA is not that of the installation: a device trusts one of them only.
    void agreeOn(TlsAuthority authority) {
        store.installation()
                .agree(
                        "tls-ca",
                        authority.fingerprint(),
                        "its TLS CA is another one; copy tls-ca.pem of the installation's keyring.dir");
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
                return bundled.flatMap(LedgerRoom::down).or(store::trouble);
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
