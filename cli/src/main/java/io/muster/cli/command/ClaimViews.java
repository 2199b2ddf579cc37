package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.page.Table;
import io.muster.cli.page.Table.Column;
import java.util.ArrayList;
import java.util.List;

/// How claims are shown.
final class ClaimViews {

    static final Table CLAIMS = new Table(
            Column.at("NAME", "/name"),
            Column.at("ENROLLMENT", "/enrollment"),
            Column.at("STATE", "/state"),
            new Column("SPENT", ClaimViews::spent),
            new Column("NETWORKS", ClaimViews::networks),
            Column.at("EXPIRES", "/expiresAt"));

    private static final Table CLAIM = new Table(
            Column.at("name", "/name"),
            Column.at("tenant", "/tenant"),
            Column.at("enrollment", "/enrollment"),
            Column.at("state", "/state"),
            new Column("spent", ClaimViews::spent),
            Column.at("per second", "/perSecond"),
            Column.at("connections", "/connections"),
            Column.at("client ids", "/clientIds"),
            new Column("networks", ClaimViews::networks),
            Column.at("fingerprint", "/fingerprint"),
            Column.at("created", "/createdAt"),
            Column.at("expires", "/expiresAt"));

    private ClaimViews() {}

    static List<String> card(JsonNode claim) {
        List<String> lines = new ArrayList<>(CLAIM.card(claim));
        if (claim.has("warning")) {
            lines.add("Look at this: " + claim.path("warning").asText());
        }
        return lines;
    }

    private static String spent(JsonNode claim) {
        return claim.path("spent").asText() + " of " + claim.path("creates").asText() + " in "
                + Span.words(claim.path("window").asText("P1D"));
    }

    private static String networks(JsonNode claim) {
        return claim.path("networks").asText() + (claim.path("widespread").asBoolean() ? " (many)" : "");
    }
}
