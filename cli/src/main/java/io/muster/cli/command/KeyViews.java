package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.page.Table;
import io.muster.cli.page.Table.Column;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// How keys are shown.
final class KeyViews {

    static final Table KEYS = new Table(
            Column.at("ID", "/id"),
            Column.at("NAME", "/name"),
            Column.at("ROLE", "/role"),
            new Column("REACHES", KeyViews::scope),
            Column.at("KIND", "/kind"),
            Column.at("STATE", "/state"),
            Column.at("EXPIRES", "/expiresAt"),
            Column.at("LAST USED", "/lastUsedAt"));

    static final Table KEY = new Table(
            Column.at("id", "/id"),
            Column.at("name", "/name"),
            Column.at("role", "/role"),
            new Column("reaches", KeyViews::scope),
            Column.at("kind", "/kind"),
            Column.at("fingerprint", "/fingerprint"),
            Column.at("state", "/state"),
            Column.at("made by", "/createdBy"),
            Column.at("made at", "/createdAt"),
            Column.at("expires", "/expiresAt"),
            Column.at("last used", "/lastUsedAt"),
            Column.at("overlap", "/overlapUntil"),
            Column.at("version", "/version"));

    private KeyViews() {}

    private static String scope(JsonNode key) {
        String narrowed = Stream.of("enrollments", "regions")
                .flatMap(field -> StreamSupport.stream(key.path(field).spliterator(), false))
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
        String tenant = key.path("tenant").asText("installation");
        return narrowed.isEmpty() ? tenant : tenant + ": " + narrowed;
    }
}
