package io.muster.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.muster.fleet.channel.Address;
import io.muster.fleet.channel.Patience;
import io.muster.fleet.hub.Assigned;
import io.muster.fleet.hub.HubClient;
import io.muster.fleet.hub.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Lets devices say something at their hub, and counts out of the sink what came of it.
final class Saying {

    /// Of each device.
    static final int MESSAGES = 3;

    private static final int AT_ONCE = 32;

    private final Address hub;
    private final Heard heard;

    /// @param heard reads what the sink holds
    Saying(Address hub, Heard heard) {
        this.hub = hub;
        this.heard = heard;
    }

    /// What was said in one region by devices of one type.
    ///
    /// @param acknowledged messages that the hub acknowledged
    /// @param received     of them, those that the sink holds
    /// @param attributed   of those, the ones that bear the name of the device that sent them
    record Row(long devices, long acknowledged, long received, long attributed) {
        Row plus(Row other) {
            return new Row(
                    devices + other.devices,
                    acknowledged + other.acknowledged,
                    received + other.received,
                    attributed + other.attributed);
        }

        long lost() {
            return acknowledged - attributed;
        }
    }

    /// @param rows     by region and type
    /// @param troubles why devices did not say everything
    record Said(Map<String, Row> rows, List<String> troubles) {
        Said {
            rows = Map.copyOf(rows);
            troubles = List.copyOf(troubles);
        }

        Row whole() {
            return rows.values().stream().reduce(new Row(0, 0, 0, 0), Row::plus);
        }
    }

    /// @param known the installation's devices by their registration ids
    Said run(String tenant, List<Assigned> devices, Map<String, JsonNode> known) throws InterruptedException {
        Map<String, Report> reports = new ConcurrentHashMap<>();
        try (HubClient client = new HubClient(hub, Patience.once(), AT_ONCE)) {
            client.report(
                    devices,
                    MESSAGES,
                    report -> reports.put(report.device().device().registrationId(), report));
        }
        long acknowledged =
                reports.values().stream().mapToLong(Report::acknowledged).sum();
        Map<String, Heard.Count> counts = heard.counts(tenant, acknowledged);
        Map<String, Row> rows = new TreeMap<>();
        List<String> troubles = new ArrayList<>();
        reports.forEach((name, report) -> {
            JsonNode device = known.getOrDefault(name, MissingNode.getInstance());
            Heard.Count count = counts.getOrDefault(name, new Heard.Count(0, 0));
            String place =
                    device.path("region").asText() + "  " + device.path("type").asText();
            rows.merge(place, new Row(1, report.acknowledged(), count.received(), count.attributed()), Row::plus);
            report.trouble().ifPresent(trouble -> troubles.add(name + " " + trouble));
        });
        return new Said(rows, troubles);
    }
}
