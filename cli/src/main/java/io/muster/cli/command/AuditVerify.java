package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.page.ExitCode;
import io.muster.cli.wire.AdminApi;
import io.muster.cli.wire.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "verify",
        description = {
            "Compute the hash chains of the audit anew, and say the first place that is not as it was written.",
            "The heads that it prints prove later what stands here now: keep them elsewhere."
        },
        footer = {"", "Example:", "  muster audit verify -o json --data ./data > heads-$(date +%%F).json"})
final class AuditVerify implements Callable<Integer> {

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    AuditVerify(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Answer answer = session.answer(server, this::verify);
        if (!(answer instanceof Answer.Good(JsonNode result))) {
            return session.sheet().problem(answer, server.format()).number();
        }
        int shown = session.show(server.shown(), result, AuditVerify::lines).number();
        return result.has("broken") ? ExitCode.REFUSED.number() : shown;
    }

    private Answer verify(AdminApi api) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        ArrayNode heads = whole.putArray("heads");
        long checked = 0;
        String tail = "";
        while (true) {
            Answer answer = api.post("/audit/verify" + tail, MissingNode.getInstance());
            if (!(answer instanceof Answer.Good(JsonNode part))) {
                return answer;
            }
            checked += part.path("checked").asLong();
            part.path("heads").forEach(heads::add);
            if (!part.has("next")) {
                whole.put("checked", checked);
                if (part.has("broken")) {
                    whole.set("broken", part.path("broken"));
                }
                return new Answer.Good(whole);
            }
            tail = "?cursor=" + AdminApi.encoded(part.path("next").asText());
            session.sheet().progress(checked + " entries checked");
        }
    }

    private static List<String> lines(JsonNode result) {
        List<String> lines = new ArrayList<>();
        if (result.has("broken")) {
            lines.add("BROKEN at " + result.at("/broken/place").asText() + ": "
                    + result.at("/broken/what").asText());
            lines.add(
                    "Entries before that place are as they were written. Compare with a backup, and with heads that were"
                            + " kept.");
        } else {
            lines.add(result.path("checked").asText() + " entries are as they were written.");
        }
        result.path("heads")
                .forEach(head -> lines.add("head " + head.path("place").asText() + " "
                        + head.path("hash").asText()));
        return lines;
    }
}
