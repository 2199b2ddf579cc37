package io.muster.fleet.bench;

import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Device;
import io.muster.fleet.device.GroupKey;
import io.muster.fleet.device.Maker;
import io.muster.fleet.dps.DpsJudge;
import io.muster.fleet.dps.Target;
import io.muster.fleet.run.FleetRun;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/// Measures registrations with the DPS door, over HTTPS or over MQTT.
record DpsBench(Server server, Gauge gauge, boolean overMqtt, Kind kind) {

    List<Phase> run(String tenant, Maker maker) throws IOException, InterruptedException {
        Crowd<Device> crowd = gauge.gather(enrollment(tenant, maker));
        Target target = overMqtt ? server.mqttTarget(tenant) : server.target(tenant);
        Visit<Device> visit =
                (pace, devices) -> new FleetRun(target, pace, Patience.once(), new DpsJudge()).run(devices, _ -> {});
        gauge.warmUp(visit, crowd.warmup());
        return gauge.measure(deed(), visit, crowd.top(), crowd.half());
    }

    /// Creates the enrollment; what makes its devices.
    private Function<List<String>, List<Device>> enrollment(String tenant, Maker maker)
            throws IOException, InterruptedException {
        return switch (kind) {
            case x509 -> {
                server.admin().createX509Group(tenant, maker.rootPem());
                yield names -> List.copyOf(maker.makeAll(names));
            }
            case symmetric -> {
                GroupKey key = GroupKey.fromBase64(server.admin().createSymmetricGroup(tenant));
                yield names -> names.stream().<Device>map(key::make).toList();
            }
        };
    }

    private Deed deed() {
        return switch (kind) {
            case x509 -> overMqtt ? Deed.DPS_MQTT_X509 : Deed.DPS_X509;
            case symmetric -> overMqtt ? Deed.DPS_MQTT_SYMMETRIC : Deed.DPS_SYMMETRIC;
        };
    }
}
