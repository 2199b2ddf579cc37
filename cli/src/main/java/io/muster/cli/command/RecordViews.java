package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.page.Table;
import io.muster.cli.page.Table.Column;

/// How attempts, operations and audit entries are shown in columns.
final class RecordViews {

    static final Table ATTEMPTS = new Table(
            Column.at("ATTEMPT", "/attemptId"),
            Column.at("AT", "/at"),
            Column.at("REGISTRATION ID", "/registrationId"),
            Column.at("RESULT", "/result"),
            Column.at("CODE", "/code"),
            new Column("ENROLLMENT", RecordViews::enrollment),
            Column.at("DOOR", "/door"));

    static final Table ATTEMPT = new Table(
            Column.at("attempt", "/attemptId"),
            Column.at("registration id", "/registrationId"),
            Column.at("at", "/at"),
            Column.at("result", "/result"),
            Column.at("code", "/code"),
            Column.at("summary", "/summary"),
            Column.at("what to do", "/remedy"),
            new Column("enrollment", RecordViews::enrollment),
            Column.at("door", "/door"),
            Column.at("source", "/source"));

    static final Table OPERATIONS = new Table(
            Column.at("OPERATION", "/operationId"),
            Column.at("REGISTRATION ID", "/registrationId"),
            Column.at("STATE", "/state"),
            Column.at("ENROLLMENT", "/enrollment"),
            Column.at("SINCE", "/createdAt"));

    static final Table OPERATION = new Table(
            Column.at("operation", "/operationId"),
            Column.at("registration id", "/registrationId"),
            Column.at("state", "/state"),
            Column.at("change", "/change"),
            Column.at("code", "/code"),
            Column.at("why", "/detail"),
            Column.at("what to do", "/remedy"),
            Column.at("enrollment", "/enrollment"),
            Column.at("door", "/door"),
            Column.at("source", "/source"),
            Column.at("since", "/createdAt"));

    static final Table ENTRIES = new Table(
            Column.at("PLACE", "/place"),
            Column.at("AT", "/at"),
            Column.at("TENANT", "/tenant"),
            Column.at("ACTOR", "/actor"),
            Column.at("KIND", "/kind"),
            Column.at("SUBJECT", "/subject"),
            Column.at("DETAIL", "/detail"));

    static final Table REGIONS = new Table(Column.at("NAME", "/name"), Column.at("TENANT", "/tenant"));

    private RecordViews() {}

    private static String enrollment(JsonNode attempt) {
        JsonNode enrollment = attempt.path("enrollment");
        return enrollment.isMissingNode()
                ? ""
                : enrollment.path("name").asText() + "@"
                        + enrollment.path("version").asText();
    }
}
