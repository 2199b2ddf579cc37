package io.muster.fleet.hub;

import io.muster.fleet.channel.Address;
import io.muster.fleet.channel.Patience;
import io.muster.fleet.mqtt.MqttCaller;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// Lets assigned devices say something at their hub, so many of them at once.
public final class HubClient implements AutoCloseable {

    private final MqttCaller caller;
    private final int atOnce;

    public HubClient(Address hub, Patience patience, int atOnce) {
        this.caller =
                new MqttCaller(hub, List.of(), patience, Runtime.getRuntime().availableProcessors());
        this.atOnce = atOnce;
    }

    /// Returns when the last one has left.
    ///
    /// @param messages of each
    /// @param witness  hears what became of each, on several threads at once; it must be quick and must not block
    public void report(List<Assigned> devices, int messages, Consumer<Report> witness) throws InterruptedException {
        Semaphore places = new Semaphore(atOnce);
        for (Assigned device : devices) {
            places.acquire();
            caller.call(new ReportErrand(device, messages), System.nanoTime(), (report, latency) -> {
                try {
                    witness.accept(report);
                } finally {
                    places.release();
                }
            });
        }
        places.acquire(atOnce);
    }

    @Override
    public void close() {
        caller.close();
    }
}
