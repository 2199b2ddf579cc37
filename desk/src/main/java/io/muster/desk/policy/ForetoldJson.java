package io.muster.desk.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.door.Check;
import io.muster.core.flow.Difference;
import io.muster.core.flow.Foretold;
import io.muster.core.flow.Foretold.Decided;
import io.muster.core.flow.Retried;
import io.muster.core.ledger.Attempt;
import io.muster.desk.exchange.Cursor;
import io.muster.desk.ledger.AttemptJson;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;

/// Shows what would be.
final class ForetoldJson {

    private ForetoldJson() {}

    static ObjectNode show(Foretold foretold) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        switch (foretold) {
            case Decided it -> {
                decision(json, it);
                it.deciding()
                        .map(Check::remedy)
                        .filter(words -> !words.isEmpty())
                        .ifPresent(words -> json.put("remedy", words));
            }
            case Foretold.Untold it -> json.put("outcome", "untold").put("why", it.why());
        }
        ArrayNode checks = json.putArray("checks");
        foretold.trace().forEach(check -> checks.add(AttemptJson.show(check)));
        return json;
    }

    private static void decision(ObjectNode json, Decided decided) {
        json.put("outcome", decided.result().name().toLowerCase(Locale.ROOT));
        json.put("code", decided.code());
        decided.by().ifPresent(origin -> json.putObject("enrollment")
                .put("name", origin.enrollment().value())
                .put("version", origin.version()));
        decided.hub().ifPresent(hub -> json.put("hub", hub.value()));
    }

    static ObjectNode again(Retried.Again again) {
        Attempt attempt = again.attempt();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("now", show(again.now()));
        json.set("then", show(again.then()));
        json.put("repeatable", again.isRepeatable());
        ObjectNode recorded = json.putObject("recorded");
        recorded.put("attemptId", attempt.id().toString());
        recorded.put("registrationId", attempt.registrationId().display());
        recorded.put("at", attempt.at().toString());
        recorded.put("result", attempt.result().name().toLowerCase(Locale.ROOT));
        recorded.put("code", attempt.code());
        return json;
    }

    static ObjectNode show(Difference difference) {
        Difference.Counts counts = difference.counts();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("summary", summary(counts));
        json.put("attempts", counts.attempts());
        json.put("same", counts.same());
        json.put("flips", counts.flips());
        json.put("moves", counts.moves());
        json.put("otherwise", counts.otherwise());
        json.put("untold", counts.untold());
        json.put("drifted", counts.drifted());
        json.put("aside", counts.aside());
        tallied(json.putArray("byCode"), difference.codes());
        tallied(json.putArray("byHub"), difference.hubs());
        ArrayNode reasons = json.putArray("byReason");
        difference
                .reasons()
                .forEach(it -> reasons.addObject().put("why", it.why()).put("count", it.count()));
        ArrayNode list = json.putArray("items");
        difference.listed().forEach(it -> list.add(show(it)));
        difference.next().ifPresent(place -> json.put("next", Cursor.show(place.text())));
        return json;
    }

    private static String summary(Difference.Counts counts) {
        String told = "This flips " + number(counts.flips()) + " of " + number(counts.attempts()) + " attempts.";
        String moved = counts.moves() == 0 ? "" : " " + number(counts.moves()) + " would move to another hub.";
        String untold = counts.untold() == 0 ? "" : " Of " + number(counts.untold()) + " it cannot be told.";
        return told + moved + untold;
    }

    private static String number(long count) {
        return NumberFormat.getIntegerInstance(Locale.ROOT).format(count);
    }

    private static void tallied(ArrayNode into, List<Difference.Tallied> counts) {
        counts.forEach(
                it -> into.addObject().put("from", it.from()).put("to", it.to()).put("count", it.count()));
    }

    private static ObjectNode show(Difference.Changed changed) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("attemptId", changed.id().toString());
        json.put("registrationId", changed.registrationId().display());
        json.put("at", changed.at().toString());
        decision(json.putObject("from"), changed.from());
        decision(json.putObject("to"), changed.to());
        changed.to().deciding().ifPresent(check -> json.put("rule", check.rule()));
        return json;
    }
}
