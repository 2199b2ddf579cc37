package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.page.ExitCode;
import io.muster.cli.wire.AdminApi;
import io.muster.cli.wire.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/// Where key and certificate of a trusted user's claim go, which the server tells once.
final class ClaimFiles {

    private static final String KEY = "privateKey";
    private static final String CERTIFICATE = "certificatePem";

    @Option(
            names = "--out-cert",
            paramLabel = "FILE",
            description = "With --trusted-user: a new file for the certificate; it is printed if absent.")
    private Optional<Path> certificate = Optional.empty();

    @Option(
            names = "--out-key",
            paramLabel = "FILE",
            description =
                    "With --trusted-user: a new file for the key, which this user alone may read; it is printed if "
                            + "absent.")
    private Optional<Path> key = Optional.empty();

    boolean named() {
        return certificate.isPresent() || key.isPresent();
    }

    /// Asks for a claim and brings key and certificate to where they belong.
    int ask(Session session, ChangeOptions server, Function<AdminApi, Answer> question) {
        if (server.dryRun() || !named()) {
            return session.ask(server, question, ClaimFiles::lines);
        }
        List<SecretFile> made = new ArrayList<>();
        for (Path path :
                List.of(certificate, key).stream().flatMap(Optional::stream).toList()) {
            switch (SecretFile.at(path)) {
                case SecretFile.Made.Ready(SecretFile file) -> made.add(file);
                case SecretFile.Made.Failed(String why) -> {
                    made.forEach(SecretFile::discard);
                    return session.sheet()
                            .misused(why, "Name a file that is not there yet, in a folder of yours.")
                            .number();
                }
            }
        }
        return into(made, session, server, question);
    }

    private int into(
            List<SecretFile> made, Session session, ChangeOptions server, Function<AdminApi, Answer> question) {
        Answer answer = session.answer(server.server(), question);
        if (answer instanceof Answer.Good(JsonNode claim) && claim instanceof ObjectNode shown) {
            write(made, certificate, shown, CERTIFICATE);
            write(made, key, shown, KEY);
            return session.show(server.server().shown(), shown, ClaimFiles::lines)
                    .number();
        }
        made.forEach(SecretFile::discard);
        return answer instanceof Answer.Good
                ? ExitCode.OK.number()
                : session.sheet().problem(answer, server.server().format()).number();
    }

    /// Where a file does not take its text, that is printed after all: nobody sees it again.
    private static void write(List<SecretFile> made, Optional<Path> path, ObjectNode shown, String member) {
        made.stream()
                .filter(file -> path.filter(file.path()::equals).isPresent())
                .forEach(file -> {
                    if (file.write(shown.path(member).asText().strip())) {
                        shown.remove(member);
                    } else {
                        file.discard();
                    }
                });
    }

    static List<String> lines(JsonNode claim) {
        List<String> lines = new ArrayList<>();
        String end = claim.path("expiresAt").asText();
        lines.add("Claim " + claim.path("name").asText() + " is there, for enrollment "
                + claim.path("enrollment").asText() + ", until " + end + ".");
        lines.add("It may create " + claim.path("creates").asText() + " certificates in "
                + Span.words(claim.path("window").asText("P1D")) + ", "
                + claim.path("perSecond").asText() + " in a second.");
        for (String member : List.of(CERTIFICATE, KEY)) {
            if (claim.has(member)) {
                lines.add("");
                claim.path(member).asText().lines().forEach(lines::add);
            }
        }
        lines.add("To end it: muster claim revoke " + claim.path("name").asText() + " --tenant "
                + claim.path("tenant").asText());
        return lines;
    }
}
