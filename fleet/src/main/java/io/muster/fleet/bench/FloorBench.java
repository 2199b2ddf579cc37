package io.muster.fleet.bench;

import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.muster.fleet.dps.Target;
import io.muster.fleet.est.Applicant;
import io.muster.fleet.est.EstTarget;
import io.muster.fleet.floor.Duty;
import io.muster.fleet.floor.FloorServer;
import io.muster.fleet.floor.Intermediates;
import io.muster.fleet.run.EstRun;
import io.muster.fleet.run.FleetRun;
import io.muster.fleet.run.FleetSummary;
import io.muster.fleet.run.Pace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Measures the floor with the same client and the same devices as the server that it is compared to.
final class FloorBench {

    private static final Duration TIME_TO_START = Duration.ofSeconds(60);

    private final Cores cores;
    private final Load load;

    FloorBench(Cores cores, Load load) {
        this.cores = cores;
        this.load = load;
    }

    FloorReport run(Maker maker, FloorGuests guests, Intermediates intermediates)
            throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.make("muster-floor-")) {
            Path folder = scratch.folder();
            Maker authority = furnish(folder, maker);
            try (Child server = Child.start(
                    "The floor",
                    cores.onServerCore(command(folder, intermediates, guests.duty())),
                    folder.resolve("log"))) {
                Path port = folder.resolve(FloorServer.PORT);
                server.awaitReady(TIME_TO_START, () -> Files.exists(port));
                URI base = URI.create("https://127.0.0.1:" + Files.readString(port));
                Meter meter = new Meter(server.pid(), Optional.empty());
                return switch (guests) {
                    case FloorGuests.Bare(List<X509Device> warmup, List<X509Device> devices) -> {
                        Target target = new Target(base, authority.rootPem(), "floor");
                        Visit<X509Device> visit = (pace, some) ->
                                new FleetRun(target, pace, Patience.once(), new EmptyJudge()).run(some, _ -> {});
                        Measured measured = measure(meter, visit, warmup, devices);
                        yield measured.report(Duty.EMPTY_ANSWER, intermediates);
                    }
                    case FloorGuests.Asking(List<Applicant> warmup, List<Applicant> devices) -> {
                        EstTarget target = new EstTarget(base, authority.rootPem(), "");
                        Visit<Applicant> visit =
                                (pace, some) -> new EstRun(target, pace, Patience.once()).enroll(some, _ -> {});
                        Measured measured = measure(meter, visit, warmup, devices);
                        yield measured.report(Duty.CERTIFICATE, intermediates);
                    }
                };
            }
        }
    }

    /// What the meter and the devices say.
    private record Measured(Cost cost, FleetSummary summary, long resident) {
        FloorReport report(Duty duty, Intermediates intermediates) {
            return new FloorReport(duty, intermediates, cost, summary, resident);
        }
    }

    private <D> Measured measure(Meter meter, Visit<D> visit, List<D> warmup, List<D> devices)
            throws IOException, InterruptedException {
        Pace pace = new Pace.AsFastAsServed(load.concurrency());
        Warmup.run(some -> visit.run(pace, some), warmup, load);
        Meter.Reading before = meter.read();
        FleetSummary summary = visit.run(pace, devices);
        Cost cost = before.perConnection(meter.read(), summary.devices());
        return new Measured(cost, summary, meter.resident());
    }

    /// The server's identity and the root that it checks devices against; the maker that signed the identity.
    private static Maker furnish(Path folder, Maker devices) throws IOException {
        Maker authority = Maker.found("Floor");
        X509Device identity = authority.makeLocalServer();
        Files.writeString(folder.resolve(FloorServer.CHAIN), identity.chainPem());
        Files.writeString(folder.resolve(FloorServer.KEY), identity.privateKeyPem());
        Files.writeString(folder.resolve(FloorServer.ROOT), devices.rootPem());
        return authority;
    }

    private static List<String> command(Path folder, Intermediates intermediates, Duty duty) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djdk.tls.namedGroups=X25519MLKEM768,x25519,secp256r1,secp384r1",
                "-Djdk.tls.server.enableSessionTicketExtension=false",
                "-XX:+UseSerialGC",
                "-Xms64m",
                "-Xmx160m",
                "-XX:MaxDirectMemorySize=96m",
                "-cp",
                System.getProperty("java.class.path"),
                "io.muster.fleet.Main",
                "bench",
                "floor-server",
                folder.toString(),
                intermediates.name(),
                duty.name());
    }
}
