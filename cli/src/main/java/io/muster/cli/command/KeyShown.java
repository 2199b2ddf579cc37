package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.wire.AdminApi;
import io.muster.cli.wire.Answer;
import java.nio.file.Path;
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
            description = "A new file for the key's text, which this user alone may read; it is printed if absent.")
    private Optional<Path> out = Optional.empty();

    /// Asks for a key and brings its text to where it belongs.
    int ask(Session session, ChangeOptions server, Function<AdminApi, Answer> question, String typed) {
        if (server.dryRun()) {
            return session.ask(
                    server, question, key -> List.of("\"" + key.path("name").asText() + "\" would have a new key."));
        }
        if (out.isEmpty()) {
            return session.ask(server, question, key -> lines(key, typed));
        }
        return switch (SecretFile.at(out.get())) {
            case SecretFile.Made.Ready(SecretFile file) -> into(file, session, server, question, typed);
            case SecretFile.Made.Failed(String why) ->
                session.sheet()
                        .misused(why, "Name a file that is not there yet, in a folder of yours.")
                        .number();
        };
    }

    /// Where the file does not take the text, it is printed after all: nobody sees it again.
    private int into(
            SecretFile file, Session session, ChangeOptions server, Function<AdminApi, Answer> question, String typed) {
        Answer answer = session.answer(server.server(), question);
        boolean told = answer instanceof Answer.Good(JsonNode key)
                && key.has("key")
                && file.write(key.path("key").asText());
        if (!told) {
            file.discard();
        }
        if (answer instanceof Answer.Good(JsonNode key)) {
            if (told && key instanceof ObjectNode shown) {
                shown.remove("key");
            }
            return session.show(server.server().shown(), key, it -> lines(it, typed))
                    .number();
        }
        return session.sheet().problem(answer, server.server().format()).number();
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
            lines.add("The key of " + what + " is in " + out.map(Path::toString).orElse("no file")
                    + ", which you alone may read.");
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
