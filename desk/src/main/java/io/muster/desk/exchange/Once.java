package io.muster.desk.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.access.Repeats;
import io.muster.core.access.Repeats.Begun;
import io.muster.core.device.Bytes;
import io.muster.core.ledger.LedgerUnavailable;
import io.muster.desk.problem.Problem;
import io.muster.desk.problem.ProblemKind;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Around an operation: a request that comes again under the same `Idempotency-Key` gets the answer of the first one,
/// and has no effect of its own. What may succeed when it is tried again is not kept, and neither are dry runs.
public final class Once implements Operation {

    private static final Logger LOG = LoggerFactory.getLogger(Once.class);

    private final String name;
    private final Operation operation;
    private final Repeats repeats;
    private final StrictJson json = new StrictJson();

    /// @param name tells the operation from all others
    public Once(String name, Operation operation, Repeats repeats) {
        this.name = name;
        this.operation = operation;
        this.repeats = repeats;
    }

    @Override
    public Reply answer(Call call) {
        String key = call.header(Call.IDEMPOTENCY_KEY).orElse("");
        if (key.isEmpty() || call.dryRun()) {
            return operation.answer(call);
        }
        return switch (repeats.begin(call.principal().id(), key, digest(call))) {
            case Begun.First() -> first(call, key);
            case Begun.Answered(Bytes answer) -> read(answer).withHeader("Idempotent-Replayed", "true");
            case Begun.InProgress() ->
                Reply.refused(Problem.of(
                                ProblemKind.IN_PROGRESS,
                                "The first request under this Idempotency-Key is still being carried out.",
                                "Repeat it in a few seconds, with the same key."))
                        .withHeader("Retry-After", "2");
            case Begun.Different() ->
                Reply.refused(Problem.of(
                        ProblemKind.IDEMPOTENCY_KEY_REUSED,
                        "Another request was sent under this Idempotency-Key less than a day ago.",
                        "Make a new key for each request; repeat only the very same request under the same key."));
        };
    }

    private Reply first(Call call, String key) {
        boolean kept = false;
        try {
            Reply reply = operation.answer(call);
            if (!reply.body().path("retryable").asBoolean(false)) {
                keep(call, key, reply);
                kept = true;
            }
            return reply;
        } finally {
            if (!kept) {
                forget(call, key);
            }
        }
    }

    /// The change is done: that its answer could not be kept takes nothing back.
    private void keep(Call call, String key, Reply reply) {
        try {
            repeats.answered(call.principal().id(), key, write(reply));
        } catch (LedgerUnavailable e) {
            LOG.warn("An answer could not be kept for repetition: {}", e.getMessage());
        }
    }

    private void forget(Call call, String key) {
        try {
            repeats.forget(call.principal().id(), key);
        } catch (LedgerUnavailable e) {
            LOG.warn("A failed request stays under its idempotency key for two minutes: {}", e.getMessage());
        }
    }

    private Bytes digest(Call call) {
        ObjectNode all = JsonNodeFactory.instance.objectNode().put("operation", name);
        new TreeMap<>(call.path()).forEach(all.putObject("path")::put);
        new TreeMap<>(call.query()).forEach(all.putObject("query")::put);
        all.put("ifMatch", call.header(Call.IF_MATCH).orElse(""));
        all.put("body", call.body().toString());
        try {
            return Bytes.of(MessageDigest.getInstance("SHA-256").digest(json.write(all)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private Bytes write(Reply reply) {
        ObjectNode kept = JsonNodeFactory.instance
                .objectNode()
                .put("status", reply.status())
                .put("contentType", reply.contentType());
        new TreeMap<>(reply.headers()).forEach(kept.putObject("headers")::put);
        kept.set("body", reply.body());
        return Bytes.of(json.write(kept));
    }

    private Reply read(Bytes answer) {
        JsonNode kept =
                switch (json.read(answer.toArray())) {
                    case StrictJson.Reading.Document(JsonNode document) -> document;
                    case StrictJson.Reading.Unreadable(String why) ->
                        throw new IllegalStateException("An answer of our own cannot be read: " + why);
                };
        Map<String, String> headers = new HashMap<>();
        kept.path("headers")
                .properties()
                .forEach(it -> headers.put(it.getKey(), it.getValue().asText()));
        return new Reply(kept.path("status").asInt(), kept.path("contentType").asText(), headers, kept.path("body"));
    }
}
