package io.muster.fleet.bench;

import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Device;
import io.muster.fleet.dps.DpsJudge;
import io.muster.fleet.dps.Target;
import io.muster.fleet.run.FleetRun;
import io.muster.fleet.run.FleetSummary;
import io.muster.fleet.run.Pace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Measures a server that is up and prepared: warm-up, then the runs that the plan names.
final class EnrollBench {

    /// In an open loop nobody waits before the server is hopelessly behind.
    private static final int OPEN_LOOP_PLACES = 10_000;

    private final Server server;
    private final Target target;
    private final Load load;
    private final Progress progress;

    EnrollBench(Server server, Target target, Load load, Progress progress) {
        this.server = server;
        this.target = target;
        this.load = load;
        this.progress = progress;
    }

    /// @param warmup for the warm-up
    /// @param top    for the run whose rate the plan sets
    /// @param half   for the run at half of the rate that the first reached; none where it is empty
    List<Phase> run(Arrivals arrivals, List<Device> warmup, List<Device> top, List<Device> half)
            throws IOException, InterruptedException {
        Pace full = new Pace.AsFastAsServed(load.concurrency());
        progress.say("Warming up for " + load.warmup().toSeconds() + " s ...");
        Warmup.run(fleet(full), warmup, load);
        List<Phase> phases = new ArrayList<>();
        phases.add(measure(arrivals.pace(full, OPEN_LOOP_PLACES), top));
        if (!half.isEmpty()) {
            double rate = phases.getFirst().summary().perSecond() / 2;
            phases.add(measure(new Pace.AtRate(rate, OPEN_LOOP_PLACES), half));
        }
        return phases;
    }

    private Phase measure(Pace pace, List<Device> devices) throws IOException, InterruptedException {
        String words = words(pace);
        progress.say("Measuring " + devices.size() + " devices, " + words + " ...");
        Meter meter = server.meter();
        AdminApi.Stock stockBefore = server.admin().stock();
        Meter.Reading before = meter.read();
        FleetSummary summary = fleet(pace).run(devices, _ -> {});
        Cost cost = before.perConnection(meter.read(), summary.devices());
        AdminApi.Stock stock = server.admin().stock();
        long added = stock.devices() - stockBefore.devices();
        double bytesPerDevice = added > 0 ? (double) (stock.bytes() - stockBefore.bytes()) / added : 0;
        return new Phase(words, summary, cost, meter.resident(), meter.residentAtMost(), bytesPerDevice);
    }

    private FleetRun fleet(Pace pace) {
        return new FleetRun(target, pace, Patience.once(), new DpsJudge());
    }

    private static String words(Pace pace) {
        return switch (pace) {
            case Pace.AsFastAsServed(int concurrency) -> "as fast as served, " + concurrency + " at once";
            case Pace.AtRate(double perSecond, int _) -> "%.0f arriving per second".formatted(perSecond);
        };
    }
}
