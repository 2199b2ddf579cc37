package io.muster.fleet.bench;

import io.muster.fleet.run.FleetSummary;
import io.muster.fleet.run.Pace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Sends devices to a server that is up and prepared, and reads what it spends on them.
final class Gauge {

    /// In an open loop nobody waits before the server is hopelessly behind.
    private static final int OPEN_LOOP_PLACES = 10_000;

    private final Server server;
    private final Plan plan;
    private final Cores cores;
    private final Progress progress;
    private final Pace full;

    Gauge(Server server, Plan plan, Cores cores, Progress progress) {
        this.server = server;
        this.plan = plan;
        this.cores = cores;
        this.progress = progress;
        this.full = new Pace.AsFastAsServed(plan.load().concurrency());
    }

    /// The devices of the plan, after which this process leaves the server's core to the server.
    <D> Crowd<D> gather(Function<List<String>, List<D>> factory) throws IOException, InterruptedException {
        progress.say("Making devices ...");
        Crowd<D> crowd = plan.crowd(factory);
        progress.say("Made " + crowd.size() + " devices, each with a key of its own.");
        cores.moveDevices();
        return crowd;
    }

    <D> void warmUp(Visit<D> visit, List<D> comers) throws InterruptedException {
        progress.say("Warming up for " + plan.load().warmup().toSeconds() + " s ...");
        Warmup.run(some -> visit.run(full, some), comers, plan.load());
    }

    /// The run at the plan's rate, then the one at half of what it reached, where the plan has it.
    <D> List<Phase> measure(Deed deed, Visit<D> visit, List<D> top, List<D> half)
            throws IOException, InterruptedException {
        List<Phase> phases = new ArrayList<>();
        phases.add(measure(deed, visit, plan.arrivals().pace(full, OPEN_LOOP_PLACES), top));
        if (!half.isEmpty()) {
            double rate = phases.getFirst().summary().perSecond() / 2;
            phases.add(measure(deed, visit, new Pace.AtRate(rate, OPEN_LOOP_PLACES), half));
        }
        return phases;
    }

    private <D> Phase measure(Deed deed, Visit<D> visit, Pace pace, List<D> comers)
            throws IOException, InterruptedException {
        String words = words(pace);
        progress.say("Measuring " + comers.size() + " " + deed.unit() + ", " + words + " ...");
        Meter meter = server.meter();
        AdminApi.Stock stockBefore = server.admin().stock();
        Meter.Reading before = meter.read();
        FleetSummary summary = visit.run(pace, comers);
        Cost cost = before.perConnection(meter.read(), summary.devices());
        AdminApi.Stock stock = server.admin().stock();
        long added = deed == Deed.EST_RENEW ? summary.reenrolled() : stock.devices() - stockBefore.devices();
        double bytesPerDevice = added > 0 ? (double) (stock.bytes() - stockBefore.bytes()) / added : 0;
        return new Phase(deed, words, summary, cost, meter.resident(), meter.residentAtMost(), bytesPerDevice);
    }

    private static String words(Pace pace) {
        return switch (pace) {
            case Pace.AsFastAsServed(int concurrency) -> "as fast as served, " + concurrency + " at once";
            case Pace.AtRate(double perSecond, int _) -> "%.0f arriving per second".formatted(perSecond);
        };
    }
}
