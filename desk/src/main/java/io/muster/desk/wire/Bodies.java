package io.muster.desk.wire;

import io.muster.desk.exchange.Reply;
import io.muster.desk.exchange.StrictJson;
import io.muster.desk.problem.Problem;
import io.muster.desk.problem.ProblemKind;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads each body once, strictly, before the contract's validator sees it.
public final class Bodies implements Handler<RoutingContext> {

    private final StrictJson json;
    private final Answers answers;

    public Bodies(StrictJson json, Answers answers) {
        this.json = json;
        this.answers = answers;
    }

    @Override
    public void handle(RoutingContext request) {
        var bytes = request.body().buffer();
        if (bytes == null || bytes.length() == 0) {
            request.next();
            return;
        }
        if (!saysJson(request.request().getHeader(HttpHeaders.CONTENT_TYPE))) {
            answers.send(
                    request,
                    Reply.refused(Problem.of(
                            ProblemKind.UNSUPPORTED_MEDIA_TYPE,
                            "The admin API takes JSON bodies only.",
                            "Send JSON with the header Content-Type: application/json.")));
            return;
        }
        switch (json.read(bytes.getBytes())) {
            case StrictJson.Reading.Document document -> {
                request.put(Conversation.BODY, document.json());
                request.next();
            }
            case StrictJson.Reading.Unreadable unreadable ->
                answers.send(
                        request,
                        Reply.refused(Problem.of(
                                ProblemKind.INVALID_REQUEST,
                                unreadable.why(),
                                "Send one JSON document as the contract at /openapi.yaml describes it.")));
        }
    }

    private static boolean saysJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        String type = contentType.toLowerCase(Locale.ROOT).replace(" ", "");
        return type.equals("application/json") || type.equals("application/json;charset=utf-8");
    }
}
