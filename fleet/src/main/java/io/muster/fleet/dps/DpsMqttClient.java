package io.muster.fleet.dps;

import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Device;
import io.muster.fleet.mqtt.MqttCaller;
import java.util.List;
import java.util.function.Consumer;

/// Registers devices with one server over MQTT. Nothing here limits how many at once: the caller does.
public final class DpsMqttClient implements AutoCloseable {

    private final Target target;
    private final Judge judge;
    private final MqttCaller caller;

    /// @param threads event loops; as many as cores that the devices may use
    public DpsMqttClient(Target target, Patience patience, Judge judge, int threads) {
        this.target = target;
        this.judge = judge;
        this.caller = new MqttCaller(target.address(), List.of(), patience, threads);
    }

    /// Starts to register a device and returns at once. `whenDone` hears the end exactly once, on the device's thread.
    ///
    /// @param sinceNanos the arrival, by `System.nanoTime()`, from which the latency counts
    public void register(Device device, long sinceNanos, Consumer<Registration> whenDone) {
        caller.call(
                new MqttRegisterErrand(device, target.idScope(), judge),
                sinceNanos,
                (ending, latency) -> whenDone.accept(new Registration(device, ending, latency)));
    }

    @Override
    public void close() {
        caller.close();
    }
}
