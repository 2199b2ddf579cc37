package io.muster.desk.dps;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.core.connectivity.Allocation;
import io.muster.core.connectivity.HookUrl;
import io.muster.core.device.Name;
import io.muster.desk.exchange.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads how an enrollment of Azure's spreads its devices over hubs.
final class AllocationForm {

    private static final String POLICY_AT = "/allocationPolicy";
    private static final String HUBS_AT = "/iotHubs";
    private static final String CUSTOM = "custom";
    private static final String DEFINITION_AT = "/customAllocationDefinition";
    private static final String WEBHOOK = "webhookUrl";
    private static final String WEBHOOK_AT = DEFINITION_AT + "/" + WEBHOOK;
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
                    List<Name> named = hubs.isEmpty() ? older : hubs;
                    JsonNode definition = Fields.given(body, "customAllocationDefinition");
                    return policy.equalsIgnoreCase(CUSTOM)
                            ? custom(named, definition)
                            : unasked(definition).then(_ -> allocation(policy, named, !older.isEmpty()));
                })));
    }

    /// Where a hook says (Azure: a function that is called for each device).
    private static Form<Allocation> custom(List<Name> hubs, JsonNode definition) {
        return Fields.only(definition, DEFINITION_AT, Set.of(WEBHOOK, "apiVersion"))
                .then(_ -> Fields.text(definition, WEBHOOK, WEBHOOK_AT))
                .then(url -> HookUrl.parse(url)
                        .<Form<Allocation>>map(hook -> Form.of(new Allocation.Custom(hubs, hook)))
                        .orElseGet(() -> Form.faulty(
                                WEBHOOK_AT, "This is not where a hook can be.", "Give " + HookUrl.RULE + ".")));
    }

    private static Form<JsonNode> unasked(JsonNode definition) {
        return Fields.hollow(definition)
                ? Form.of(definition)
                : Form.faulty(
                        DEFINITION_AT,
                        "A function that is called belongs to custom allocation.",
                        "Send allocationPolicy custom, or leave customAllocationDefinition out.");
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
            default -> Form.faulty(POLICY_AT, "There is no such allocation policy.", "Use hashed, static or custom.");
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
