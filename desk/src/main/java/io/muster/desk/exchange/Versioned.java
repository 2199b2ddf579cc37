package io.muster.desk.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.desk.problem.ProblemKind;

/// Around every operation: an answer that shows one thing with a version carries it as its ETag, a change that came too
/// late for its If-Match says so (412), and the answer to a dry run says that it was one.
public final class Versioned implements Operation {

    private final Operation operation;

    public Versioned(Operation operation) {
        this.operation = operation;
    }

    @Override
    public Reply answer(Call call) {
        Reply reply = late(call, operation.answer(call));
        JsonNode version = reply.body().path("version");
        Reply tagged = reply.status() < 300 && version.isIntegralNumber()
                ? reply.withHeader("ETag", Expected.tag(version.asLong()))
                : reply;
        return call.dryRun() ? tagged.withHeader("Dry-Run", "true") : tagged;
    }

    private static Reply late(Call call, Reply reply) {
        boolean conflict = reply.body().path("code").asText().equals(ProblemKind.CONFLICT.code());
        return conflict && call.header(Call.IF_MATCH).isPresent()
                ? Reply.refused(Expected.stale(reply.body().path("detail").asText()))
                : reply;
    }
}
