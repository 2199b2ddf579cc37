package io.muster.cli.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.wire.Answer;
import java.io.PrintWriter;
import java.util.List;

/// Where a command writes: results to one stream, notes and problems to the other. JSON leaves everything outside of
/// ASCII escaped, so that it is as harmless as the tables are.
public final class Sheet {

    private final PrintWriter out;
    private final PrintWriter err;
    private final ObjectWriter compact;
    private final ObjectWriter indented;

    public Sheet(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
        JsonMapper json =
                JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
        this.compact = json.writer();
        var printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        this.indented = json.writer(printer);
    }

    public void lines(List<String> lines) {
        lines.forEach(line -> out.println(Harmless.text(line)));
        out.flush();
    }

    /// A part of a line; for output that comes in pieces.
    public void part(String text) {
        out.print(text);
        out.flush();
    }

    public void json(JsonNode value) {
        out.println(written(indented, value));
        out.flush();
    }

    public String line(JsonNode value) {
        return written(compact, value);
    }

    public void note(String text) {
        err.println(text);
        err.flush();
    }

    /// Tells what went wrong, why, and what to do next.
    public ExitCode problem(Answer answer, Format format) {
        return switch (answer) {
            case Answer.Good _ -> ExitCode.OK;
            case Answer.Refused(int status, JsonNode problem) -> {
                refused(status, problem, format);
                yield ExitCode.of(status);
            }
            case Answer.Unreachable(String what, String next) -> {
                unreachable(what, next, format);
                yield ExitCode.UNREACHABLE;
            }
        };
    }

    private void refused(int status, JsonNode problem, Format format) {
        if (format == Format.JSON && !problem.isMissingNode()) {
            note(written(indented, problem));
            return;
        }
        note("muster: " + Harmless.text(problem.path("title").asText("The server answered " + status)) + ".");
        said("why", problem.path("detail").asText());
        for (JsonNode error : problem.path("errors")) {
            if (!problem.path("detail").asText().contains(error.path("detail").asText())) {
                said(
                        "at",
                        error.path("at").asText() + ": " + error.path("detail").asText());
            }
        }
        said("next", problem.path("remedy").asText());
        said("code", problem.path("code").asText());
        said("log", problem.path("instance").asText());
    }

    private void unreachable(String what, String next, Format format) {
        if (format == Format.JSON) {
            ObjectNode problem = JsonNodeFactory.instance.objectNode();
            problem.put("code", "unreachable").put("detail", what).put("remedy", next);
            note(written(indented, problem));
            return;
        }
        note("muster: The server cannot be reached.");
        said("why", what);
        said("next", next);
    }

    private void said(String label, String text) {
        if (!text.isEmpty()) {
            note("  " + label + ": " + Harmless.text(text));
        }
    }

    private static String written(ObjectWriter writer, JsonNode value) {
        try {
            return writer.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A JSON tree can always be written", e);
        }
    }
}
