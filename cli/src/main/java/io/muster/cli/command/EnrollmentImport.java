package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.page.ExitCode;
import io.muster.cli.wire.AdminApi;
import io.muster.cli.wire.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = {
            "Import a file of enrollments: all of it is checked first, then all of it is stored.",
            "What is there already is not added twice: the same file may be sent again. Ctrl-C ends the watching;",
            "the import goes on."
        },
        footer = {
            "",
            "Examples:",
            "  muster enrollment import devices.csv --tenant acme --data ./data",
            "  muster enrollment import devices.jsonl --tenant acme --dry-run --data ./data",
            "  muster enrollment import enrollments.json --format azure-dps --tenant acme --skip-bad --data ./data"
        })
final class EnrollmentImport implements Callable<Integer> {

    private static final long MOST_BYTES = 256L * 1024 * 1024;

    @Parameters(paramLabel = "FILE", description = "At most 256 MiB and 500,000 enrollments, in UTF-8.")
    private Path file = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "csv, jsonl, azure-dps or aws-iot; by the file's name if absent.")
    private Optional<String> format = Optional.empty();

    @Option(names = "--dry-run", description = "Check the file, and store nothing.")
    private boolean dryRun;

    @Option(names = "--skip-bad", description = "Store what is good although something is bad.")
    private boolean skipBad;

    @Option(
            names = "--resume",
            description = "Where an import of this very file is under way, watch that instead of sending it again.")
    private boolean resume;

    @Option(names = "--detach", description = "Send the file, and do not wait for what comes of it.")
    private boolean detach;

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    EnrollmentImport(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Optional<ExitCode> mistake = mistake();
        if (mistake.isPresent()) {
            return mistake.get().number();
        }
        ImportWatch watch = new ImportWatch(session, server, tenant);
        Answer begun = session.answer(server, api -> underWay(api).orElseGet(() -> send(api, watch)));
        if (!(begun instanceof Answer.Good(JsonNode work))) {
            return session.sheet().problem(begun, server.format()).number();
        }
        String id = work.path("id").asText();
        if (detach) {
            return session.show(server.shown(), work, ImportViews::begun).number();
        }
        session.sheet().note("Import " + id + " is received; the server checks it.");
        return watch.toItsEnd(id).number();
    }

    private Optional<ExitCode> mistake() {
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.of(
                        session.sheet().misused("There is no file " + file + ".", "Name one that is there."));
            }
            if (Files.size(file) > MOST_BYTES) {
                return Optional.of(session.sheet()
                        .misused(file + " is larger than 256 MiB.", "Split it, and import one part after the other."));
            }
        } catch (IOException e) {
            return Optional.of(
                    session.sheet().misused(file + " cannot be read: " + e.getMessage(), "Check who may read it."));
        }
        return written().isPresent()
                ? Optional.empty()
                : Optional.of(session.sheet()
                        .misused(
                                "The name of " + file + " does not say how it is written.",
                                "Add --format csv, jsonl, azure-dps or aws-iot."));
    }

    private Optional<String> written() {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (format.isPresent()) {
            return format;
        }
        if (name.endsWith(".csv")) {
            return Optional.of("csv");
        }
        return name.endsWith(".jsonl") || name.endsWith(".ndjson") ? Optional.of("jsonl") : Optional.empty();
    }

    /// An import of this very file that has not ended.
    private Optional<Answer> underWay(AdminApi api) {
        if (!resume) {
            return Optional.empty();
        }
        Optional<String> digest = FileDigest.of(file);
        return api.get(tenant.path() + "/imports", Map.of("limit", "100")) instanceof Answer.Good(JsonNode page)
                ? ImportViews.open(page.path("items"), digest.orElse("")).map(Answer.Good::new)
                : Optional.empty();
    }

    private Answer send(AdminApi api, ImportWatch watch) {
        String path =
                tenant.path() + "/imports?format=" + AdminApi.encoded(written().orElseThrow())
                        + (dryRun ? "&dryRun=true" : "") + (skipBad ? "&skipBad=true" : "");
        return api.upload(path, file, watch::sent);
    }
}
