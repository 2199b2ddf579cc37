package io.muster.fleet.bench;

import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Device;
import io.muster.fleet.device.GroupKey;
import io.muster.fleet.dps.DpsJudge;
import io.muster.fleet.dps.Target;
import io.muster.fleet.run.FleetRun;
import io.muster.fleet.run.FleetSummary;
import io.muster.fleet.run.Pace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Enrolls devices, lets the relay tell everything again, and times what it tells of devices that come meanwhile.
///
/// @param kafka where Kafka is found; empty where the sink is another
record RelayBench(Server server, String kafka, RelayPlan plan, Cores cores, Progress progress) {

    private static final String SINK = "bench";
    private static final long LONGEST_DRAIN_SECONDS = 600;
    private static final int PLACES = 10_000;

    RelayReport run() throws IOException, InterruptedException {
        String tenant = "bench-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        server.admin().createTenant(tenant);
        GroupKey key = GroupKey.fromBase64(server.admin().createSymmetricGroup(tenant));
        cores.moveDevices();
        Target target = server.target(tenant);
        progress.say("Enrolling " + plan.load().devices() + " devices ...");
        Pace full = new Pace.AsFastAsServed(plan.load().concurrency());
        FleetSummary first =
                enroll(target, full, devices(key, "first", plan.load().devices()));
        if (first.enrolled() < first.devices()) {
            throw new IllegalStateException(
                    "Not every device could enroll, so there is nothing to measure: " + first.reasons());
        }
        drained();
        List<RelayReport.Told> replays = new ArrayList<>();
        for (int i = 1; i <= plan.replays(); i++) {
            progress.say("Telling everything again, " + i + " of " + plan.replays() + " ...");
            replays.add(replay(first.enrolled()));
        }
        return new RelayReport(
                Machine.here(cores),
                plan.sink(),
                first.enrolled(),
                replays,
                kafka.isEmpty() ? null : timed(target, key));
    }

    /// Every device wrote one entry; the few of the operator are not counted.
    private RelayReport.Told replay(long entries) throws IOException, InterruptedException {
        Meter meter = server.meter();
        Meter.Reading before = meter.read();
        long begun = System.nanoTime();
        server.admin().replay(SINK);
        drained();
        double seconds = (System.nanoTime() - begun) / 1e9;
        return new RelayReport.Told(seconds, entries / seconds, before.perConnection(meter.read(), entries));
    }

    private void drained() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_DRAIN_SECONDS);
        while (server.admin().lag(SINK) > 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("The sink did not take everything within " + LONGEST_DRAIN_SECONDS
                        + " s; muster sink get shows why.");
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private RelayReport.Timed timed(Target target, GroupKey key) throws InterruptedException {
        progress.say("Timing events while %.0f devices a second enroll for %d s ..."
                .formatted(plan.rate(), plan.timed().toSeconds()));
        try (Witness witness = Witness.watch(kafka)) {
            Pace pace = new Pace.AtRate(plan.rate(), PLACES);
            FleetSummary fleet = enroll(target, pace, devices(key, "timed", plan.timedDevices()));
            witness.awaitSeen(fleet.enrolled());
            return witness.timed(plan.rate(), fleet);
        }
    }

    private static List<Device> devices(GroupKey key, String prefix, int count) {
        return Fleets.names(prefix, count).stream().<Device>map(key::make).toList();
    }

    private static FleetSummary enroll(Target target, Pace pace, List<Device> devices) throws InterruptedException {
        return new FleetRun(target, pace, Patience.once(), new DpsJudge()).run(devices, _ -> {});
    }
}
