package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.page.ExitCode;
import io.muster.cli.wire.AdminApi;
import io.muster.cli.wire.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/// What becomes of a key's text, which the server tells once.
final class KeyShown {

    @Option(
            names = "--out",
            paramLabel = "FILE",
            converter = SecretFile.Maker.class,
            description = "A new file for the key's text, which this user alone may read; it is printed if absent.")
    private Optional<SecretFile> out = Optional.empty();

    /// Asks for a key and brings its text to where it belongs.
    int ask(Session session, ServerOptions server, Function<AdminApi, Answer> question, String typed) {
        Answer answer = session.answer(server, question);
        if (!(answer instanceof Answer.Good(JsonNode key))) {
            out.ifPresent(SecretFile::discard);
            return session.sheet().problem(answer, server.format()).number();
        }
        String text = key.path("key").asText();
        if (text.isEmpty()) {
            out.ifPresent(SecretFile::discard);
        } else if (out.isPresent()
                && key instanceof ObjectNode shown
                && out.get().write(text)) {
            shown.remove("key");
        }
        ExitCode exit = session.show(server.shown(), key, it -> lines(it, typed));
        return exit.number();
    }

    private List<String> lines(JsonNode key, String typed) {
        List<String> lines = new ArrayList<>();
        String what =
                "\"" + key.path("name").asText() + "\" (" + key.path("role").asText() + ")";
        if (key.has("key")) {
            lines.add("The key of " + what + ", shown this once:");
            lines.add("  " + key.path("key").asText());
        } else if (key.has("fingerprint")) {
            lines.add(what + " may come with its client certificate, SHA-256 "
                    + key.path("fingerprint").asText() + ".");
        } else {
            lines.add("The key of " + what + " is in "
                    + out.map(file -> file.path().toString()).orElse("no file") + ", which you alone may read.");
        }
        lines.add("It is good "
                + (key.has("expiresAt") ? "until " + key.path("expiresAt").asText() : "for ever") + ".");
        if (key.has("overlapUntil")) {
            lines.add("What it was before is good until "
                    + key.path("overlapUntil").asText() + ".");
        }
        lines.add("To end it: muster key revoke " + key.path("id").asText() + typed);
        return lines;
    }
}
