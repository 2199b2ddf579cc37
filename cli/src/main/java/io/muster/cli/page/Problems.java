package io.muster.cli.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.wire.Answer;
import java.util.ArrayList;
import java.util.List;

/// What went wrong, why, and what to do next: in words, or as a script reads it.
final class Problems {

    private Problems() {}

    /// A problem that something else than Muster answered is told like one of Muster's.
    static ObjectNode document(Answer.Refused refused) {
        if (refused.problem() instanceof ObjectNode said && said.hasNonNull("title")) {
            return said;
        }
        ObjectNode problem = JsonNodeFactory.instance.objectNode();
        return problem.put("title", "The server answered " + refused.status())
                .put("code", "http_" + refused.status())
                .put("remedy", remedy(ExitCode.of(refused.status())));
    }

    private static String remedy(ExitCode code) {
        return switch (code) {
            case NOT_FOUND -> "Check that the address is that of Muster's desk, and that it is as new as this command.";
            case UNAVAILABLE -> "Try again; if it stays so, look at what stands between here and the server.";
            case NOT_AUTHORIZED -> "Check the token, and what stands between here and the server.";
            case OK, REFUSED, USAGE, UNREACHABLE, CONFLICT, FLIPS, FAULT, INTERRUPTED ->
                "Check that the address is that of Muster's desk; its log may say why.";
        };
    }

    static ObjectNode document(Answer.Unreachable unreachable) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("code", "unreachable")
                .put("detail", unreachable.what())
                .put("remedy", unreachable.next());
    }

    static List<String> words(Answer.Unreachable unreachable) {
        List<String> lines = new ArrayList<>(List.of("muster: The server cannot be reached."));
        say(lines, "why", unreachable.what());
        say(lines, "next", unreachable.next());
        return lines;
    }

    static List<String> words(ObjectNode problem) {
        List<String> lines =
                new ArrayList<>(List.of("muster: " + problem.path("title").asText() + "."));
        String detail = problem.path("detail").asText();
        say(lines, "why", detail);
        for (JsonNode error : problem.path("errors")) {
            String place = error.path("at").asText();
            String what = error.path("detail").asText();
            say(lines, "at", detail.contains(what) ? place : place + ": " + what);
        }
        say(lines, "next", problem.path("remedy").asText());
        say(lines, "code", problem.path("code").asText());
        say(lines, "log", problem.path("instance").asText());
        return lines;
    }

    private static void say(List<String> lines, String label, String text) {
        if (!text.isEmpty()) {
            lines.add("  " + label + ": " + text);
        }
    }
}
