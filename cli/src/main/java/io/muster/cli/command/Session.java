package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.cli.page.ExitCode;
import io.muster.cli.page.Format;
import io.muster.cli.page.Loose;
import io.muster.cli.page.Sheet;
import io.muster.cli.query.Query;
import io.muster.cli.wire.AdminApi;
import io.muster.cli.wire.Answer;
import io.muster.cli.wire.Whereabouts;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// One run of the command line: asks the server, shows the answer, gives the exit code.
public final class Session {

    private final Sheet sheet;
    private final Map<String, String> environment;
    private final Rhythm rhythm;

    public Session(Sheet sheet, Map<String, String> environment, Rhythm rhythm) {
        this.sheet = sheet;
        this.environment = Map.copyOf(environment);
        this.rhythm = rhythm;
    }

    /// @param lines the answer in lines for a person
    int ask(ServerOptions options, Function<AdminApi, Answer> question, Function<JsonNode, List<String>> lines) {
        Answer answer = answer(options, question);
        if (answer instanceof Answer.Good(JsonNode body)) {
            return show(options.shown(), body, lines).number();
        }
        return sheet.problem(answer, options.format()).number();
    }

    /// The same of a change, which may be a dry run: then the answer is what would be.
    int ask(ChangeOptions change, Function<AdminApi, Answer> question, Function<JsonNode, List<String>> lines) {
        int exit = ask(change.server(), api -> question.apply(change.on(api)), lines);
        if (exit == ExitCode.OK.number()) {
            dryRun(change);
        }
        return exit;
    }

    /// Says so where nothing was changed.
    void dryRun(ChangeOptions change) {
        if (change.dryRun() && change.server().format() == Format.TABLE) {
            sheet.note("Nothing was changed: this was a dry run.");
        }
    }

    /// Asks, and shows nothing where the server did it.
    Answer answer(ServerOptions options, Function<AdminApi, Answer> question) {
        return switch (Whereabouts.find(options.sought(environment))) {
            case Whereabouts.Known known ->
                switch (AdminApi.open(known)) {
                    case AdminApi.Opened.Open(AdminApi api) -> question.apply(api);
                    case AdminApi.Opened.Failed(Answer failure) -> failure;
                };
            case Whereabouts.Unknown unknown ->
                unknown.refused() ? noToken(unknown) : new Answer.Unreachable(unknown.what(), unknown.next());
        };
    }

    /// Shows what the server answered, or what the query picks from it.
    ExitCode show(ShowOptions options, JsonNode body, Function<JsonNode, List<String>> lines) {
        return switch (pick(options, body)) {
            case Query.Found.Value(JsonNode value) -> {
                write(options, value, lines);
                yield ExitCode.OK;
            }
            case Query.Found.Failed failed -> unfit(failed);
        };
    }

    /// What the query picks; without one, all of it.
    Query.Found pick(ShowOptions options, JsonNode body) {
        return options.query()
                .map(query -> query.of(body, rhythm.nanos()))
                .orElseGet(() -> new Query.Found.Value(body));
    }

    ExitCode unfit(Query.Found.Failed failed) {
        return sheet.misused("The query " + failed.why(), failed.next());
    }

    /// @param lines of an answer for a person; what a query picked has a shape of its own
    void write(ShowOptions options, JsonNode value, Function<JsonNode, List<String>> lines) {
        switch (options.format()) {
            case JSON -> sheet.json(value);
            case YAML -> sheet.yaml(value);
            case TABLE -> sheet.lines(options.query().isPresent() ? Loose.lines(value) : lines.apply(value));
        }
    }

    public Map<String, String> environment() {
        return environment;
    }

    public Sheet sheet() {
        return sheet;
    }

    Rhythm rhythm() {
        return rhythm;
    }

    private static Answer noToken(Whereabouts.Unknown unknown) {
        return new Answer.Refused(
                401,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("title", "There is no token to ask with")
                        .put("detail", unknown.what())
                        .put("remedy", unknown.next())
                        .put("code", "no_token"));
    }
}
