package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.cli.page.Format;
import io.muster.cli.page.Sheet;
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

    public Session(Sheet sheet, Map<String, String> environment) {
        this.sheet = sheet;
        this.environment = Map.copyOf(environment);
    }

    /// @param lines the answer in lines for a person
    int ask(ServerOptions options, Function<AdminApi, Answer> question, Function<JsonNode, List<String>> lines) {
        Answer answer = answer(options, question);
        if (answer instanceof Answer.Good(JsonNode body)) {
            show(options.format(), body, lines);
        }
        return sheet.problem(answer, options.format()).number();
    }

    /// Asks, and shows nothing where the server did it.
    Answer answer(ServerOptions options, Function<AdminApi, Answer> question) {
        return switch (Whereabouts.find(options.data(), environment)) {
            case Whereabouts.Known known ->
                switch (AdminApi.open(known)) {
                    case AdminApi.Opened.Open(AdminApi api) -> question.apply(api);
                    case AdminApi.Opened.Failed(Answer failure) -> failure;
                };
            case Whereabouts.Unknown unknown ->
                unknown.refused() ? noToken(unknown) : new Answer.Unreachable(unknown.what(), unknown.next());
        };
    }

    Sheet sheet() {
        return sheet;
    }

    private void show(Format format, JsonNode body, Function<JsonNode, List<String>> lines) {
        switch (format) {
            case JSON -> sheet.json(body);
            case TABLE -> sheet.lines(lines.apply(body));
        }
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
