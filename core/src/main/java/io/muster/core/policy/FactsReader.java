package io.muster.core.policy;

import io.muster.core.device.Json;
import io.muster.core.template.Fault;
import java.util.Optional;

/// Reads what devices say of themselves, and the schemas that it must fit (JSON Schema 2020-12). Pure: the same texts
/// give the same answer, and nothing is fetched. Never throws on hostile text, and does bounded work.
public interface FactsReader {

    /// What is wrong with a schema that an operator shows; empty where devices can be held against it.
    Optional<Fault> flaw(Json schema);

    /// The first place where facts break a sound schema; empty where they fit.
    Optional<Facts.Misfit> misfit(Json schema, Json facts);

    /// The facts with each member of `set` in the place of their own. Facts that are no object are replaced.
    Json over(Optional<Json> facts, Json set);
}
