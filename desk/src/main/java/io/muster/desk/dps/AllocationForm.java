package io.muster.desk.dps;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.core.connectivity.Allocation;
import io.muster.core.device.Name;
import io.muster.desk.exchange.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads how an enrollment of Azure's spreads its devices over hubs.
final class AllocationForm {

    private static final String POLICY_AT = "/allocationPolicy";
    private static final String HUBS_AT = "/iotHubs";
    private static final int MOST_HUBS = 256;

    private AllocationForm() {}

    static Form<Allocation> read(HubHosts hosts, JsonNode body) {
        return hubs(hosts, body).then(hubs -> older(hosts, body)
                .then(older -> Fields.text(body, "allocationPolicy", POLICY_AT).then(policy -> {
                    if (!older.isEmpty() && !hubs.isEmpty() && !hubs.equals(older)) {
                        return Form.faulty(
                                "/iotHubHostName",
                                "iotHubs and iotHubHostName name different hubs.",
                                "Leave iotHubHostName out.");
                    }
                    return allocation(policy, hubs.isEmpty() ? older : hubs, !older.isEmpty());
                })));
    }

    private static Form<Allocation> allocation(String policy, List<Name> hubs, boolean older) {
        return switch (policy.toLowerCase(Locale.ROOT)) {
            case "" -> older ? fixed(hubs) : Form.of(new Allocation.Hashed(hubs));
            case "hashed" -> Form.of(new Allocation.Hashed(hubs));
            case "static" -> fixed(hubs);
            case "geolatency" ->
                Form.faulty(
                        POLICY_AT,
                        "Allocation by latency is not served here.",
                        "Use hashed with the hubs that are near, or static.");
            case "custom" ->
                Form.faulty(POLICY_AT, "Nothing here calls a function to allocate a device.", "Use hashed or static.");
            default -> Form.faulty(POLICY_AT, "There is no such allocation policy.", "Use hashed or static.");
        };
    }

    private static Form<Allocation> fixed(List<Name> hubs) {
        return hubs.size() == 1
                ? Form.of(new Allocation.Static(hubs.getFirst()))
                : Form.faulty(
                        HUBS_AT,
                        "Static allocation sends a device to one hub, and the enrollment names " + hubs.size() + ".",
                        "Name exactly one, or use hashed.");
    }

    private static Form<List<Name>> hubs(HubHosts hosts, JsonNode body) {
        JsonNode list = Fields.given(body, "iotHubs");
        if (list.isMissingNode()) {
            return Form.of(List.of());
        }
        if (!list.isArray() || list.size() > MOST_HUBS) {
            return Form.faulty(HUBS_AT, "A list of at most " + MOST_HUBS + " hubs is wanted.", "Send one.");
        }
        Form<List<Name>> names = Form.of(new ArrayList<>());
        for (int i = 0; i < list.size(); i++) {
            String at = HUBS_AT + "/" + i;
            String host = list.get(i).asText();
            names = names.then(read -> hosts.read(host, at).map(name -> with(read, name)));
        }
        return names;
    }

    private static List<Name> with(List<Name> names, Name more) {
        List<Name> all = new ArrayList<>(names);
        if (!all.contains(more)) {
            all.add(more);
        }
        return all;
    }

    private static Form<List<Name>> older(HubHosts hosts, JsonNode body) {
        return Fields.text(body, "iotHubHostName", "/iotHubHostName")
                .then(host -> host.isEmpty()
                        ? Form.of(List.<Name>of())
                        : hosts.read(host, "/iotHubHostName").map(List::of));
    }
}
