package io.muster.core.testkit;

import io.muster.core.device.Json;
import io.muster.core.device.JsonPlace;
import io.muster.core.policy.Facts;
import io.muster.core.policy.FactsReader;
import io.muster.core.template.Fault;
import java.util.Optional;

/// A schema is a JSON string, and facts fit it where they contain that text.
public final class PlainFacts implements FactsReader {

    @Override
    public Optional<Fault> flaw(Json schema) {
        return schema.text().startsWith("\"")
                ? Optional.empty()
                : Optional.of(new Fault(JsonPlace.WHOLE, "It is no string.", "Write one."));
    }

    @Override
    public Optional<Facts.Misfit> misfit(Json schema, Json facts) {
        String wanted = schema.text().substring(1, schema.text().length() - 1);
        return facts.text().contains(wanted) ? Optional.empty() : Optional.of(new Facts.Misfit("/at", "/contains"));
    }

    @Override
    public Json over(Optional<Json> facts, Json set) {
        return facts.filter(it -> it.text().length() > 2)
                .map(it -> new Json(it.text().substring(0, it.text().length() - 1) + ","
                        + set.text().substring(1)))
                .orElse(set);
    }
}
