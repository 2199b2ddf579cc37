package io.muster.desk.dps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.desk.dps.EnrollmentCalls.Wanted;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Form;
import io.muster.desk.exchange.Reply;
import java.util.Optional;
import java.util.Set;

/// Up to ten individual enrollments in one request. Each is a change of its own: what one comes to does not touch
/// the others, and the answer names those that failed.
final class BulkCalls {

    private static final int MOST = 10;

    /// One of several.
    @FunctionalInterface
    private interface Deed {
        Reply of(Call call);
    }

    private final EnrollmentCalls individuals;

    BulkCalls(EnrollmentCalls individuals) {
        this.individuals = individuals;
    }

    Reply post(Call call) {
        return Fields.only(call.body(), "", Set.of("mode", "enrollments"))
                .then(_ -> some(call.body().path("enrollments")))
                .then(some -> Fields.text(call.body(), "mode", "/mode").then(mode -> switch (mode) {
                    case "create" -> Form.of(all(call, some, false, one -> individuals.store(one, Wanted.NEW)));
                    case "update" -> Form.of(all(call, some, false, one -> individuals.store(one, Wanted.PRESENT)));
                    case "updateIfMatchETag" ->
                        Form.of(all(call, some, true, one -> individuals.store(one, Wanted.PRESENT)));
                    case "delete" -> Form.of(all(call, some, true, individuals::delete));
                    default ->
                        Form.<Reply>faulty(
                                "/mode", "There is no such mode.", "Use create, update, updateIfMatchETag or delete.");
                }))
                .reply(reply -> reply);
    }

    private static Form<ArrayNode> some(JsonNode list) {
        return list instanceof ArrayNode some && !some.isEmpty() && some.size() <= MOST
                ? Form.of(some)
                : Form.faulty(
                        "/enrollments",
                        "A list of 1 to " + MOST + " individual enrollments is wanted.",
                        "Send more of them in several requests.");
    }

    private static Reply all(Call call, ArrayNode some, boolean tagged, Deed deed) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ArrayNode errors = JsonNodeFactory.instance.arrayNode();
        for (JsonNode one : some) {
            String id = one.path("registrationId").asText();
            Optional<String> tag = tagged
                    ? Optional.of(one.path("etag").asText("")).filter(text -> !text.isEmpty())
                    : Optional.empty();
            Reply reply = deed.of(EnrollmentCalls.about(call, id, one, tag));
            if (reply.status() >= 300) {
                errors.addObject()
                        .put("registrationId", id)
                        .put("errorCode", AzureError.number(reply))
                        .put("errorStatus", AzureError.words(reply));
            }
        }
        result.put("isSuccessful", errors.isEmpty()).set("errors", errors);
        return Reply.ok(result);
    }
}
