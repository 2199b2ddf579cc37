package io.muster.cli.story;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.page.Harmless;
import io.muster.cli.page.Table;
import io.muster.cli.page.Table.Column;
import java.util.ArrayList;
import java.util.List;

/// One attempt, told: a headline, the circumstances, the checks in their order, the remedy.
public final class Story {

    private static final Table CIRCUMSTANCES = new Table(
            Column.at("when", "/at"),
            new Column("enrollment", Story::enrollment),
            new Column("came by", attempt -> said(attempt, "door") + " from " + said(attempt, "source")),
            Column.at("attempt", "/attemptId"),
            Column.at("code", "/code"));

    private static final Table OTHERS = new Table(
            Column.at("WHEN", "/at"),
            Column.at("RESULT", "/result"),
            Column.at("CODE", "/code"),
            Column.at("ATTEMPT", "/attemptId"));

    private final Marks marks;

    public Story(Marks marks) {
        this.marks = marks;
    }

    /// @param attempt as the contract has it
    /// @param earlier other attempts under the same name, newest first
    public List<String> tell(JsonNode attempt, List<JsonNode> earlier) {
        List<String> lines = new ArrayList<>();
        lines.add(harmless(attempt, "registrationId") + " was " + harmless(attempt, "result") + ". "
                + harmless(attempt, "summary"));
        lines.add("");
        CIRCUMSTANCES.card(attempt).forEach(line -> lines.add("  " + line));
        checks(lines, attempt.path("checks"));
        remedy(lines, attempt);
        earlier(lines, earlier);
        return lines;
    }

    /// @param foretold what would be, as the contract has it
    public List<String> foretell(JsonNode foretold) {
        List<String> lines = new ArrayList<>();
        lines.add(
                foretold.has("why")
                        ? "It cannot be told: " + harmless(foretold, "why") + "."
                        : "It would be " + harmless(foretold, "outcome") + " (" + harmless(foretold, "code") + ")"
                                + decider(foretold.path("enrollment")) + place(foretold) + ".");
        checks(lines, foretold.path("checks"));
        remedy(lines, foretold);
        return lines;
    }

    private static String decider(JsonNode enrollment) {
        return enrollment.isMissingNode()
                ? ""
                : " by " + harmless(enrollment, "name") + ", version " + harmless(enrollment, "version");
    }

    private static String place(JsonNode foretold) {
        return foretold.has("hub") ? ", on hub " + harmless(foretold, "hub") : "";
    }

    private void checks(List<String> lines, JsonNode checks) {
        if (checks.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("What was checked, in this order:");
        for (JsonNode check : checks) {
            lines.add("  " + marks.of(said(check, "verdict")) + "  " + words(said(check, "code"))
                    + looked(harmless(check, "input")));
            lines.add("            " + harmless(check, "rule"));
        }
    }

    private static void remedy(List<String> lines, JsonNode attempt) {
        if (attempt.hasNonNull("remedy")) {
            lines.add("");
            lines.add("What to do next:");
            lines.add("  " + harmless(attempt, "remedy"));
        }
    }

    private static void earlier(List<String> lines, List<JsonNode> earlier) {
        if (!earlier.isEmpty()) {
            lines.add("");
            lines.add("Earlier attempts (muster why ATTEMPT tells each):");
            OTHERS.lines(earlier).forEach(line -> lines.add("  " + line));
        }
    }

    private static String enrollment(JsonNode attempt) {
        JsonNode enrollment = attempt.path("enrollment");
        return enrollment.isMissingNode()
                ? "none was proved"
                : said(enrollment, "name") + ", version " + said(enrollment, "version");
    }

    private static String looked(String input) {
        return input.isEmpty() ? "" : ": " + input;
    }

    private static String words(String code) {
        return Harmless.text(code).replace('_', ' ');
    }

    private static String harmless(JsonNode node, String field) {
        return Harmless.text(said(node, field));
    }

    private static String said(JsonNode node, String field) {
        return node.path(field).asText();
    }
}
