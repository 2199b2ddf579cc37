package io.muster.desk.sinks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.device.Name;
import io.muster.core.ledger.Devices;
import io.muster.core.ledger.Sinks;
import io.muster.core.ledger.Sinks.Refused;
import io.muster.core.ledger.Sinks.Standing;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Cursor;
import io.muster.desk.exchange.Form;
import io.muster.desk.exchange.Pages;
import io.muster.desk.exchange.Reply;
import io.muster.desk.problem.Problem;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;

/// Sinks: list, show, pause, resume, replay, and what they could not take.
public final class SinkOperations {

    private final Sinks sinks;

    public SinkOperations(Sinks sinks) {
        this.sinks = sinks;
    }

    public Reply list(Call call) {
        return Cursor.read(call)
                .reply(after -> Pages.cut(
                        sinks.list().stream()
                                .filter(it ->
                                        after.isEmpty() || it.sink().value().compareTo(after.get()) > 0)
                                .limit(call.limit() + 1L)
                                .toList(),
                        call.limit(),
                        it -> it.sink().value(),
                        SinkOperations::json));
    }

    public Reply get(Call call) {
        return one(call, sinks::find);
    }

    public Reply pause(Call call) {
        return one(call, sink -> sinks.pause(sink, call.warrant()));
    }

    public Reply resume(Call call) {
        return one(call, sink -> sinks.resume(sink, call.warrant()));
    }

    public Reply replay(Call call) {
        return since(call).reply(moment -> one(call, sink -> sinks.replay(sink, moment, call.warrant())));
    }

    public Reply deadLetters(Call call) {
        return named(call).isEmpty()
                ? missing(call)
                : Cursor.read(call).reply(place -> {
                    try {
                        var page = sinks.deadLetters(named(call).orElseThrow().sink(), place, call.limit());
                        return Pages.of(page.items(), page.next(), SinkOperations::json);
                    } catch (Devices.CursorMalformed _) {
                        return Cursor.<Reply>malformed().reply(reply -> reply);
                    }
                });
    }

    private Optional<Standing> named(Call call) {
        return Name.parse(call.named("sink")).flatMap(sinks::find);
    }

    private static Reply one(Call call, Function<Name, Optional<Standing>> asked) {
        return Name.parse(call.named("sink"))
                .flatMap(asked)
                .map(standing -> Reply.ok(json(standing)))
                .orElseGet(() -> missing(call));
    }

    private static Reply missing(Call call) {
        return Reply.refused(Problem.missing("sink", call.named("sink"), "List them with: muster sink list"));
    }

    /// The contract lets digits in the right places pass; whether they are a day is looked at here.
    private static Form<Optional<Instant>> since(Call call) {
        var from = call.body().path("from");
        try {
            return Form.of(from.isMissingNode() ? Optional.empty() : Optional.of(Instant.parse(from.asText())));
        } catch (DateTimeParseException e) {
            return Form.faulty(
                    "/from",
                    "\"" + from.asText() + "\" is not a moment.",
                    "Write it in UTC, such as 2026-11-23T18:30:00Z, or leave it out for everything.");
        }
    }

    private static ObjectNode json(Standing standing) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", standing.sink().value())
                .put("kind", standing.kind())
                .put("paused", standing.paused())
                .put("lagEntries", standing.behind())
                .put("lagSeconds", standing.oldest().toMillis() / 1000.0)
                .put("deadLetters", standing.deadLetters());
    }

    private static ObjectNode json(Refused refused) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("place", refused.place().toString())
                .put("at", refused.at().toString())
                .put("reason", refused.reason());
    }
}
