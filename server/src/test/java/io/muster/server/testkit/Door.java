package io.muster.server.testkit;

import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Device;
import io.muster.fleet.dps.DpsClient;
import io.muster.fleet.dps.DpsJudge;
import io.muster.fleet.dps.Ending;
import io.muster.fleet.dps.Registration;
import io.muster.fleet.dps.Target;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The doors through which a device may come: what holds at one must hold at every one. A new door is a line here,
/// and its way of knocking below. The AWS door has none: what a device hears there is not enough to tell an
/// [Ending]; it is walked through by `EveryDoorOverAwsTest`.
public enum Door {
    DPS_HTTPS,
    DPS_MQTT,
    DPS_MQTT_WS,
    NATIVE;

    private static final int LONGEST_SECONDS = 60;

    /// Whether two knocks of one device at once both hear their answer: over MQTT the newer connection takes the
    /// older one over.
    public boolean answersEveryKnock() {
        return switch (this) {
            case DPS_HTTPS, NATIVE -> true;
            case DPS_MQTT, DPS_MQTT_WS -> false;
        };
    }

    /// What a device may be told of a refusal with that status: one that comes when it connects over MQTT has one word
    /// for all.
    public Set<Integer> tells(int status) {
        return switch (this) {
            case DPS_HTTPS, NATIVE -> Set.of(status);
            case DPS_MQTT, DPS_MQTT_WS -> new TreeSet<>(List.of(status, MqttKnock.NOT_LET_IN));
        };
    }

    /// A device knocks once, and hears how it ends.
    public Ending knock(Target target, Device device) {
        return switch (this) {
            case DPS_HTTPS -> dps(target, device);
            case DPS_MQTT -> MqttKnock.knock("ssl", target, device);
            case DPS_MQTT_WS -> MqttKnock.knock("wss", target, device);
            case NATIVE -> NativeKnock.knock(target, device);
        };
    }

    private static Ending dps(Target target, Device device) {
        try (DpsClient client = new DpsClient(target, Patience.once(), new DpsJudge(), 1)) {
            CompletableFuture<Registration> end = new CompletableFuture<>();
            client.register(device, System.nanoTime(), end::complete);
            return end.orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS).join().ending();
        }
    }
}
