package io.muster.fleet.aws;

import io.muster.fleet.channel.Patience;
import io.muster.fleet.mqtt.MqttCaller;
import java.util.List;
import java.util.function.Consumer;

/// Makes things of newcomers at one endpoint. Nothing here limits how many at once: the caller does.
public final class AwsClient implements AutoCloseable {

    /// Offered by the SDKs on every port, and answered or not.
    private static final String ALPN = "x-amzn-mqtt-ca";

    private final AwsTarget target;
    private final Payloads payloads;
    private final AwsJudge judge;
    private final MqttCaller caller;

    /// @param threads event loops; as many as cores that the devices may use
    public AwsClient(AwsTarget target, Patience patience, int threads) {
        this.target = target;
        this.payloads = new Payloads(target.format());
        this.judge = new AwsJudge(payloads);
        this.caller = new MqttCaller(target.address(), List.of(ALPN), patience, threads);
    }

    /// Starts to provision a device and returns at once. `whenDone` hears the end exactly once, on the device's thread.
    ///
    /// @param sinceNanos the arrival, by `System.nanoTime()`, from which the latency counts
    public void provision(Newcomer newcomer, long sinceNanos, Consumer<Provisioning> whenDone) {
        caller.call(
                new AwsErrand(target, newcomer, payloads, judge),
                sinceNanos,
                (onboarding, latency) -> whenDone.accept(new Provisioning(newcomer, onboarding, latency)));
    }

    @Override
    public void close() {
        caller.close();
    }
}
