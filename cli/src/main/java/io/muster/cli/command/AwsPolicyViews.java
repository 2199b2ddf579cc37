package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.page.Harmless;
import io.muster.cli.page.Table;
import io.muster.cli.page.Table.Column;
import java.util.ArrayList;
import java.util.List;

/// How policies of AWS IoT that have a name are shown.
final class AwsPolicyViews {

    static final Table POLICIES = new Table(
            Column.at("NAME", "/name"),
            Column.at("VERSION", "/version"),
            new Column("STATEMENTS", policy -> Integer.toString(statements(policy))));

    private AwsPolicyViews() {}

    /// With its document, one statement after another.
    static List<String> card(JsonNode policy) {
        List<String> lines = new ArrayList<>();
        lines.add("name     " + policy.path("name").asText());
        lines.add("tenant   " + policy.path("tenant").asText());
        lines.add("version  " + policy.path("version").asText());
        policy.path("document").toPrettyString().lines().map(Harmless::text).forEach(lines::add);
        return lines;
    }

    /// A policy may write its only statement without a list.
    private static int statements(JsonNode policy) {
        JsonNode statements = policy.at("/document/Statement");
        return statements.isArray() ? statements.size() : 1;
    }
}
