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

    @Option(
            names = "--host-name",
            paramLabel = "NAME",
            description = "The host in the connection string of a shared access policy; the server's if absent.")
    private Optional<String> host = Optional.empty();

    /// Asks for a key and brings its text to where it belongs.
    int ask(Session session, ChangeOptions server, Function<AdminApi, Answer> asked, String typed) {
        Function<AdminApi, Answer> question = api -> connected(asked.apply(api), host.orElseGet(api::host));
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

    /// The one text that tools of Azure's want, of which the key is a part.
    private static Answer connected(Answer answer, String host) {
        if (answer instanceof Answer.Good(JsonNode body)
                && body instanceof ObjectNode key
                && key.has("sharedAccessKeyName")
                && key.has("key")) {
            key.put(
                    "connectionString",
                    "HostName=" + host + ";SharedAccessKeyName="
                            + key.path("sharedAccessKeyName").asText() + ";SharedAccessKey="
                            + key.path("key").asText());
        }
        return answer;
    }

    /// What is kept of the answer's secrets.
    private static String secret(JsonNode key) {
        return key.path(key.has("connectionString") ? "connectionString" : "key")
                .asText();
    }

    /// Where the file does not take the text, it is printed after all: nobody sees it again.
    private int into(
            SecretFile file, Session session, ChangeOptions server, Function<AdminApi, Answer> question, String typed) {
        Answer answer = session.answer(server.server(), question);
        boolean told = answer instanceof Answer.Good(JsonNode key) && key.has("key") && file.write(secret(key));
        if (!told) {
            file.discard();
        }
        if (answer instanceof Answer.Good(JsonNode key)) {
            if (told && key instanceof ObjectNode shown) {
                shown.remove("key");
                shown.remove("connectionString");
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
            lines.add("The " + (key.has("connectionString") ? "connection string" : "key") + " of " + what
                    + ", shown this once:");
            lines.add("  " + secret(key));
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
