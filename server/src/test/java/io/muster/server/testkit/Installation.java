package io.muster.server.testkit;

import io.muster.fleet.dps.Target;
import io.muster.server.house.House;
import io.muster.server.settings.Settings;
import io.muster.server.settings.SettingsReader;
import io.muster.store.embedded.EmbeddedPostgres;
import io.muster.store.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A whole installation in this JVM: a data directory of its own, free ports, the bundled PostgreSQL.
///
/// `@AutoClose static final Installation HOUSE = Installation.open();`
public final class Installation implements AutoCloseable {

    private final Path data;
    private final InstantSource clock;
    private final List<String> settings;
    private House house;

    private Installation(Path data, InstantSource clock, List<String> settings) {
        this.data = data;
        this.clock = clock;
        this.settings = settings;
        this.house = start();
    }

    /// A new one, with settings as `--set` has them.
    public static Installation open(String... settings) {
        return open(InstantSource.system(), settings);
    }

    /// A new one by another clock.
    public static Installation open(InstantSource clock, String... settings) {
        return new Installation(Ground.folder("house").resolve("data"), clock, List.of(settings));
    }

    /// A new one in a folder of the caller's.
    public static Installation openIn(Path data) {
        return new Installation(data, InstantSource.system(), List.of());
    }

    private House start() {
        List<String> words = new ArrayList<>(
                List.of("listeners.https.port=0", "listeners.mqtt.port=0", "listeners.objects.port=0", "desk.port=0"));
        words.addAll(settings);
        Settings read = new SettingsReader().read(data, Optional.empty(), words);
        return House.open(
                read, clock, folder -> EmbeddedPostgres.Settings.in(folder).sharing(Ground.programs()));
    }

    /// Stops it; its files stay.
    public void stop() {
        house.close();
    }

    /// Starts it again on its files, after a stop.
    public void startAgain() {
        house = start();
    }

    public House house() {
        return house;
    }

    public Path data() {
        return data;
    }

    /// An operator on its machine.
    public Operator operator() {
        return new Operator(data);
    }

    /// Where devices of a tenant knock.
    public Target target(String scope) {
        try {
            return new Target(house.devicesUrl(), Files.readString(house.data().serverAnchor()), scope);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Its bundled database while it runs, for readers that trust nothing but what is stored.
    public TestDatabase database() {
        return BundledDatabase.in(data).open();
    }

    @Override
    public void close() {
        stop();
    }
}
