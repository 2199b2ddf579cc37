package io.muster.desk.dps;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.desk.exchange.Reply;
import java.time.Instant;
import java.time.InstantSource;

/// Refusals of the desk in the form of Azure's service API.
public final class AzureError {

    /// What Azure says to whom it does not know, and of what is not there.
    private static final int UNAUTHORIZED = 401_002;

    private static final int NOT_FOUND = 404_201;

    private AzureError() {}

    /// The reply as Azure would give it; one that is no refusal stays as it is.
    ///
    /// @param request the number of the request, which the audit and the log carry too
    public static Reply of(Reply reply, String request, InstantSource clock) {
        if (!reply.contentType().equals(Reply.PROBLEM_JSON)) {
            return reply;
        }
        Instant now = clock.instant();
        ObjectNode error = JsonNodeFactory.instance
                .objectNode()
                .put("errorCode", number(reply))
                .put("trackingId", request)
                .put("message", words(reply))
                .put("timestampUtc", AttestationWriter.moment(now));
        return new Reply(status(reply), Reply.JSON, reply.headers(), error);
    }

    /// Azure has no 422 here.
    private static int status(Reply reply) {
        return reply.status() == 422 ? 400 : reply.status();
    }

    /// The status, and three digits of which only those of Azure's best-known errors are Azure's.
    static int number(Reply reply) {
        int status = status(reply);
        return switch (status) {
            case 401 -> UNAUTHORIZED;
            case 404 -> NOT_FOUND;
            default -> status * 1000 + 201;
        };
    }

    static String words(Reply reply) {
        return reply.body().path("detail").asText() + " "
                + reply.body().path("remedy").asText();
    }
}
