package io.muster.fleet.run;

import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Device;
import io.muster.fleet.dps.DpsClient;
import io.muster.fleet.dps.DpsMqttClient;
import io.muster.fleet.dps.Judge;
import io.muster.fleet.dps.Registration;
import io.muster.fleet.dps.Target;
import java.util.function.Consumer;

/// Lets a fleet arrive at a DPS, over what it speaks at the target, and waits for the end of every device.
public final class FleetRun {

    private final Target target;
    private final Pace pace;
    private final Patience patience;
    private final Judge judge;

    public FleetRun(Target target, Pace pace, Patience patience, Judge judge) {
        this.target = target;
        this.pace = pace;
        this.patience = patience;
        this.judge = judge;
    }

    /// Registers all devices and returns when the last one has its end. The devices are asked for one by one, as they
    /// arrive.
    ///
    /// @param witness hears every ending, on several threads at once; it must be quick and must not block
    public FleetSummary run(Iterable<? extends Device> devices, Consumer<Registration> witness)
            throws InterruptedException {
        int threads = Runtime.getRuntime().availableProcessors();
        if (target.speaksMqtt()) {
            try (DpsMqttClient client = new DpsMqttClient(target, patience, judge, threads)) {
                return procession(client::register).run(devices, witness);
            }
        }
        try (DpsClient client = new DpsClient(target, patience, judge, threads)) {
            return procession(client::register).run(devices, witness);
        }
    }

    private Procession<Device, Registration> procession(Procession.Start<Device, Registration> start) {
        Tally tally = new Tally();
        return new Procession<>(pace, start, tally, tally::add);
    }
}
