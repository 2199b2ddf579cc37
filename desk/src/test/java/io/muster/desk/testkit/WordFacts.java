package io.muster.desk.testkit;

import io.muster.core.device.Json;
import io.muster.core.device.JsonPlace;
import io.muster.core.policy.Facts;
import io.muster.core.policy.FactsReader;
import io.muster.core.template.Fault;
import java.util.Optional;

/// A schema is sound where it has a type, and facts fit it where they say `pump`.
public final class WordFacts implements FactsReader {

    @Override
    public Optional<Fault> flaw(Json schema) {
        return schema.text().contains("\"type\"")
                ? Optional.empty()
                : Optional.of(new Fault(new JsonPlace("/tpye"), "This keyword is not taken.", "Write type."));
    }

    @Override
    public Optional<Facts.Misfit> misfit(Json schema, Json facts) {
        return facts.text().contains("pump")
                ? Optional.empty()
                : Optional.of(new Facts.Misfit("/type", "/properties/type/enum"));
    }

    @Override
    public Json over(Optional<Json> facts, Json set) {
        return set;
    }
}
