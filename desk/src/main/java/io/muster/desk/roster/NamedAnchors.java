package io.muster.desk.roster;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.core.device.Name;
import io.muster.core.roster.Anchor;
import io.muster.core.roster.RegisteredAnchor;
import io.muster.core.roster.RegisteredAnchors;
import io.muster.desk.exchange.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads which registered anchors an enrollment trusts: those alone whose keys were proved to be at hand.
final class NamedAnchors {

    private NamedAnchors() {}

    /// @param names as the contract has them; missing where there are none
    static Form<List<Anchor>> read(RegisteredAnchors anchors, Name tenant, JsonNode names) {
        if (names.isEmpty()) {
            return Form.of(List.of());
        }
        Map<String, RegisteredAnchor> known = anchors.list(tenant).stream()
                .collect(Collectors.toMap(anchor -> anchor.name().value(), Function.identity()));
        List<Anchor> read = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i).asText();
            String at = "/proof/x509/anchors/" + i;
            RegisteredAnchor anchor = known.get(name);
            if (anchor == null) {
                return Form.faulty(
                        at,
                        "There is no anchor \"" + name + "\".",
                        "List them with: muster anchor list --tenant " + tenant);
            }
            if (!anchor.isVerified()) {
                return Form.faulty(
                        at,
                        "Anchor \"" + name + "\" is not verified: nobody proved yet to have its key.",
                        "Prove it first: muster anchor verify " + name + " --tenant " + tenant + " --help");
            }
            read.add(anchor.certificate());
        }
        return Form.of(List.copyOf(read));
    }
}
