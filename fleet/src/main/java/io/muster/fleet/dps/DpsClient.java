package io.muster.fleet.dps;

import io.muster.fleet.channel.Caller;
import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Device;
import java.util.function.Consumer;

/// Registers devices with one server over HTTPS. Nothing here limits how many at once: the caller does.
public final class DpsClient implements AutoCloseable {

    private final Target target;
    private final Judge judge;
    private final Caller caller;

    /// @param threads event loops; as many as cores that the devices may use
    public DpsClient(Target target, Patience patience, Judge judge, int threads) {
        this.target = target;
        this.judge = judge;
        this.caller = new Caller(target.address(), patience, threads);
    }

    /// Starts to register a device and returns at once. `whenDone` hears the end exactly once, on an event loop: it
    /// must not block.
    ///
    /// @param sinceNanos the arrival, by `System.nanoTime()`, from which the latency counts
    public void register(Device device, long sinceNanos, Consumer<Registration> whenDone) {
        Credentials credentials = Credentials.of(device, target.idScope());
        RegisterErrand errand =
                new RegisterErrand(device, credentials, new Requests(target, device, credentials), judge);
        caller.call(
                errand, sinceNanos, (ending, latency) -> whenDone.accept(new Registration(device, ending, latency)));
    }

    @Override
    public void close() {
        caller.close();
    }
}
