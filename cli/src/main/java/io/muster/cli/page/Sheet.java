package io.muster.cli.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.wire.Answer;
import java.io.PrintWriter;
import java.util.List;

/// Where a command writes: results to one stream, notes and problems to the other. Every line is harmless for a
/// terminal.
public final class Sheet {

    /// Homes the cursor and clears what a terminal shows (ECMA-48: CUP, ED).
    private static final String EMPTY_SCREEN = "\u001b[H\u001b[2J";

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean live;
    private final Notation notation = new Notation();

    /// @param live whether a person looks at a terminal that can be redrawn
    public Sheet(PrintWriter out, PrintWriter err, boolean live) {
        this.out = out;
        this.err = err;
        this.live = live;
    }

    public boolean live() {
        return live;
    }

    /// Takes away what a live terminal shows.
    public void clear() {
        if (live) {
            part(EMPTY_SCREEN);
        }
    }

    public void lines(List<String> lines) {
        lines.forEach(line -> out.println(Harmless.text(line)));
        out.flush();
    }

    /// A part of a document; for output that comes in pieces.
    public void part(String text) {
        out.print(text);
        out.flush();
    }

    /// Whether nobody reads the output any more, such as `head` that has seen enough.
    public boolean abandoned() {
        return out.checkError();
    }

    public void json(JsonNode value) {
        out.println(notation.indented(value));
        out.flush();
    }

    public void yaml(JsonNode value) {
        part(notation.yaml(value));
    }

    /// JSON on one line.
    public String line(JsonNode value) {
        return notation.compact(value);
    }

    /// YAML in lines, the last one ended.
    public String block(JsonNode value) {
        return notation.yaml(value);
    }

    /// Shows how far something is, in the same line again and again; nothing where nobody looks at a terminal.
    public void progress(String text) {
        if (live) {
            err.print("\r\u001b[K" + Harmless.text(text));
            err.flush();
        }
    }

    public void note(String text) {
        text.lines().forEach(line -> err.println(Harmless.text(line)));
        err.flush();
    }

    /// Tells that the command line is wrong, and how to mend it.
    public ExitCode misused(String what, String next) {
        note("muster: " + what);
        note("  next: " + next);
        return ExitCode.USAGE;
    }

    /// Tells what went wrong, why, and what to do next.
    public ExitCode problem(Answer answer, Format format) {
        return switch (answer) {
            case Answer.Good _ -> ExitCode.OK;
            case Answer.Refused refused -> {
                problem(Problems.document(refused), Problems.words(Problems.document(refused)), format);
                yield ExitCode.of(refused.status());
            }
            case Answer.Unreachable unreachable -> {
                problem(Problems.document(unreachable), Problems.words(unreachable), format);
                yield ExitCode.UNREACHABLE;
            }
        };
    }

    private void problem(JsonNode document, List<String> words, Format format) {
        switch (format) {
            case JSON -> note(notation.indented(document));
            case YAML -> note(notation.yaml(document));
            case TABLE -> words.forEach(line -> note(Harmless.text(line)));
        }
    }
}
