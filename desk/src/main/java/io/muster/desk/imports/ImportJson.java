package io.muster.desk.imports;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.roster.Import;
import io.muster.core.roster.Import.Finding;
import io.muster.core.roster.Import.Format;
import io.muster.core.roster.Import.Tally;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How an import is shown.
final class ImportJson {

    private ImportJson() {}

    static String written(Format format) {
        return format.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Format> format(String written) {
        return Arrays.stream(Format.values())
                .filter(format -> written(format).equals(written))
                .findFirst();
    }

    /// Without its findings.
    static ObjectNode summary(Import work) {
        Tally tally = work.tally();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", work.id().toString())
                .put("tenant", work.tenant().value())
                .put("format", written(work.order().format()))
                .put("state", work.state().name().toLowerCase(Locale.ROOT))
                .put("dryRun", work.order().dryRun())
                .put("skipBad", work.order().skipBad())
                .put("createdBy", work.warrant().actor())
                .put("createdAt", work.createdAt().toString())
                .put("changedAt", work.changedAt().toString())
                .put("bytes", tally.bytes());
        work.digest().ifPresent(digest -> json.put("digest", digest));
        json.putObject("items")
                .put("total", tally.items())
                .put("checked", tally.checked())
                .put("applied", tally.applied())
                .put("added", tally.added())
                .put("same", tally.same())
                .put("bad", tally.bad())
                .put("notes", tally.notes());
        work.failure().ifPresent(why -> json.put("failure", why));
        return json;
    }

    static ObjectNode whole(Import work) {
        ObjectNode json = summary(work);
        var findings = json.putArray("findings");
        for (Finding finding : work.findings()) {
            findings.addObject()
                    .put("kind", finding.bad() ? "bad" : "note")
                    .put("line", finding.line())
                    .put("field", finding.field())
                    .put("what", finding.what())
                    .put("remedy", finding.remedy());
        }
        return json;
    }
}
