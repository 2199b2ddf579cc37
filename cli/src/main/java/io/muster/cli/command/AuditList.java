package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.wire.AdminApi;
import io.muster.cli.wire.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description = "List what happened, who did it and on whose word; in a tenant, or in the whole installation.",
        footer = {
            "",
            "Examples:",
            "  muster audit list --tenant acme --subject device:pump-1 --data ./data",
            "  muster audit list --since 2026-11-01T00:00:00Z --export audit.jsonl --data ./data"
        })
final class AuditList implements Callable<Integer> {

    private static final int LARGEST_PAGE = 1000;

    @Option(names = "--tenant", paramLabel = "NAME", description = "Of this tenant; of the installation if absent.")
    private Optional<String> tenant = Optional.empty();

    @Option(names = "--actor", paramLabel = "ID", description = "Only what this principal did; device for devices.")
    private Optional<String> actor = Optional.empty();

    @Option(names = "--kind", paramLabel = "KIND", description = "Only this kind, such as deviceQuarantined.")
    private Optional<String> kind = Optional.empty();

    @Option(
            names = "--subject",
            paramLabel = "SUBJECT",
            description = "Only entries of this subject, such as hub:eu-1 or device:pump-1.")
    private Optional<String> subject = Optional.empty();

    @Option(names = "--since", paramLabel = "MOMENT", description = "This moment or later, in UTC.")
    private Optional<String> since = Optional.empty();

    @Option(names = "--until", paramLabel = "MOMENT", description = "Before this moment, in UTC.")
    private Optional<String> until = Optional.empty();

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description = "Write every entry into a new file, one JSON document a line.")
    private Optional<Path> export = Optional.empty();

    @Mixin
    private Paging paging = new Paging();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    AuditList(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Map<String, String> filters = new TreeMap<>();
        actor.ifPresent(it -> filters.put("actor", it));
        kind.ifPresent(it -> filters.put("kind", it));
        subject.ifPresent(it -> filters.put("subject", it));
        since.ifPresent(it -> filters.put("since", it));
        until.ifPresent(it -> filters.put("until", it));
        String path = tenant.map(name -> "/tenants/" + AdminApi.encoded(name)).orElse("") + "/audit";
        return export.isPresent()
                ? export(export.get(), path, filters)
                : paging.list(session, server, path, filters, RecordViews.ENTRIES);
    }

    private int export(Path file, String path, Map<String, String> filters) {
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            Answer answer = session.answer(server, api -> pages(api, path, filters, out));
            if (out.checkError()) {
                throw new IOException("it cannot be written");
            }
            if (answer instanceof Answer.Good) {
                session.sheet().lines(List.of("The audit is in " + file + "."));
            }
            return session.sheet().problem(answer, server.format()).number();
        } catch (IOException | UncheckedIOException e) {
            return session.sheet()
                    .misused(file + " cannot be written: " + e.getMessage(), "Name a file that is not there yet.")
                    .number();
        }
    }

    private static Answer pages(AdminApi api, String path, Map<String, String> filters, PrintWriter out) {
        Map<String, String> query = new TreeMap<>(filters);
        query.put("limit", Integer.toString(LARGEST_PAGE));
        while (true) {
            Answer answer = api.get(path, query);
            if (!(answer instanceof Answer.Good(JsonNode page))) {
                return answer;
            }
            page.path("items").forEach(item -> out.append(item.toString()).append('\n'));
            if (!page.has("next")) {
                return answer;
            }
            query.put("cursor", page.path("next").asText());
        }
    }
}
