package io.muster.store;

import io.muster.core.device.Json;
import io.muster.core.policy.Facts;
import io.muster.core.policy.FactsReader;
import io.muster.core.template.Fault;
import java.util.Optional;

/// For enrollments that believe what their devices say.
final class NoSchemas implements FactsReader {

    @Override
    public Optional<Fault> flaw(Json schema) {
        throw new UnsupportedOperationException("no schema is shown here");
    }

    @Override
    public Optional<Facts.Misfit> misfit(Json schema, Json facts) {
        throw new UnsupportedOperationException("no enrollment has a schema here");
    }

    @Override
    public Json over(Optional<Json> facts, Json set) {
        throw new UnsupportedOperationException("no enrollment sets a fact here");
    }
}
