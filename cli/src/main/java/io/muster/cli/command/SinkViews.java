package io.muster.cli.command;

import io.muster.cli.page.Table;
import io.muster.cli.page.Table.Column;

/// How sinks are shown.
final class SinkViews {

    static final Table SINKS = new Table(
            Column.at("NAME", "/name"),
            Column.at("KIND", "/kind"),
            Column.at("PAUSED", "/paused"),
            Column.at("LAG", "/lagEntries"),
            Column.at("LAG SECONDS", "/lagSeconds"),
            Column.at("DEAD LETTERS", "/deadLetters"));

    static final Table SINK = new Table(
            Column.at("name", "/name"),
            Column.at("kind", "/kind"),
            Column.at("paused", "/paused"),
            Column.at("entries behind", "/lagEntries"),
            Column.at("seconds behind", "/lagSeconds"),
            Column.at("dead letters", "/deadLetters"));

    static final Table DEAD_LETTERS =
            new Table(Column.at("PLACE", "/place"), Column.at("AT", "/at"), Column.at("REASON", "/reason"));

    private SinkViews() {}
}
