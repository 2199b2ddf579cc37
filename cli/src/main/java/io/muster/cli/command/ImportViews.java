package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.page.Table;
import io.muster.cli.page.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/// How imports are shown.
final class ImportViews {

    static final Table IMPORTS = new Table(
            Column.at("ID", "/id"),
            Column.at("STATE", "/state"),
            Column.at("FORMAT", "/format"),
            Column.at("ADDED", "/items/added"),
            Column.at("SAME", "/items/same"),
            Column.at("BAD", "/items/bad"),
            Column.at("BY", "/createdBy"),
            Column.at("SINCE", "/createdAt"));

    private static final int MOST_SHOWN = 20;
    private static final Set<String> GOING_ON = Set.of("validating", "applying");

    private ImportViews() {}

    static List<String> begun(JsonNode work) {
        return List.of(
                "Import " + work.path("id").asText() + " is received; the server checks it.",
                "Watch it with: muster import watch " + work.path("id").asText() + " --tenant "
                        + work.path("tenant").asText());
    }

    static List<String> ended(JsonNode work) {
        JsonNode items = work.path("items");
        boolean dry = work.path("dryRun").asBoolean();
        List<String> lines = new ArrayList<>();
        lines.add("Import " + work.path("id").asText() + " is "
                + work.path("state").asText() + (dry ? " (a dry run: nothing was stored)" : "") + ".");
        lines.add("  " + count(items, "added") + (dry ? " would be added, " : " added, ") + count(items, "same")
                + " there already, " + count(items, "bad") + " bad, of " + count(items, "total") + ".");
        if (work.has("failure")) {
            lines.add("  " + work.path("failure").asText());
        }
        if (work.path("state").asText().equals("refused")) {
            lines.add("  Nothing was stored. Mend the lines below, or add --skip-bad to store the others.");
        }
        findings(work, lines);
        return lines;
    }

    private static void findings(JsonNode work, List<String> lines) {
        JsonNode findings = work.path("findings");
        for (JsonNode finding : findings) {
            if (lines.size() > 3 * MOST_SHOWN) {
                lines.add("More of it: muster import get " + work.path("id").asText() + " -o json --tenant "
                        + work.path("tenant").asText());
                return;
            }
            String line = finding.path("line").asLong() == 0
                    ? "the file"
                    : "line " + finding.path("line").asLong();
            String field = finding.path("field").asText();
            lines.add(line
                    + (field.isEmpty() ? "" : ", " + field)
                    + (finding.path("kind").asText().equals("note") ? " (note): " : ": ")
                    + finding.path("what").asText());
            lines.add("  next: " + finding.path("remedy").asText());
        }
    }

    /// The import of a file that has not ended.
    static Optional<JsonNode> open(JsonNode imports, String digest) {
        return StreamSupport.stream(imports.spliterator(), false)
                .filter(work -> work.path("digest").asText().equals(digest) && !digest.isEmpty())
                .filter(work -> GOING_ON.contains(work.path("state").asText()))
                .findFirst();
    }

    private static String count(JsonNode items, String what) {
        return String.format(Locale.ROOT, "%,d", items.path(what).asLong());
    }
}
