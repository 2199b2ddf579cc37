package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.page.Harmless;
import io.muster.cli.page.Table;
import io.muster.cli.page.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// How what a template makes is shown.
final class TemplateViews {

    private static final Table MADE = new Table(
            Column.at("thing", "/thing/name"),
            Column.at("type", "/thing/type"),
            new Column("attributes", made -> pairs(made.at("/thing/attributes"))),
            new Column("groups", made -> joined(made.at("/thing/groups"))),
            Column.at("billing group", "/thing/billingGroup"),
            Column.at("certificate", "/certificateStatus"),
            new Column("policies", made -> policies(made.path("policies"))),
            new Column("where it is there", made -> pairs(made.path("overrideSettings"))),
            new Column("configuration", made -> pairs(made.path("deviceConfiguration"))));

    private TemplateViews() {}

    static List<String> outcome(JsonNode outcome) {
        return outcome.has("makes") ? MADE.card(outcome.path("makes")) : fault("It fails", outcome.path("fails"));
    }

    static List<String> fault(String what, JsonNode fault) {
        List<String> lines = new ArrayList<>();
        lines.add(Harmless.text(what + " at " + fault.path("at").asText() + ": "
                + fault.path("detail").asText()));
        lines.add("  next: " + Harmless.text(fault.path("remedy").asText()));
        return lines;
    }

    private static String pairs(JsonNode object) {
        return object.properties().stream()
                .map(it -> it.getKey() + "=" + it.getValue().asText())
                .collect(Collectors.joining(", "));
    }

    /// Those with a name by it; a document is shown as it is.
    private static String policies(JsonNode policies) {
        return StreamSupport.stream(policies.spliterator(), false)
                .map(it -> it.has("PolicyName")
                        ? it.path("PolicyName").asText() + " (version "
                                + it.path("version").asText() + ")"
                        : it.toString())
                .collect(Collectors.joining(", "));
    }

    private static String joined(JsonNode items) {
        return StreamSupport.stream(items.spliterator(), false)
                .map(it -> it.isTextual() ? it.asText() : it.toString())
                .collect(Collectors.joining(", "));
    }
}
