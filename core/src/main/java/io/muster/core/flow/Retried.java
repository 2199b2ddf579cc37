package io.muster.core.flow;

import io.muster.core.ledger.Attempt;

/// A recorded try, and what it would come to.
public sealed interface Retried {

    Attempt attempt();

    /// Nothing was decided then, or what it was decided on was not kept.
    ///
    /// @param why a sentence
    record Impossible(Attempt attempt, String why) implements Retried {}

    /// @param then by the version that decided, with today's hubs and profiles
    /// @param now  by what there is today
    record Again(Attempt attempt, Foretold then, Foretold now) implements Retried {

        /// Whether the deciding version gives what was recorded. Where it does not, something else than the
        /// enrollment is different: a hub, a profile, or a rule.
        public boolean isRepeatable() {
            return then instanceof Foretold.Decided decided
                    && decided.result() == attempt.result()
                    && decided.code().equals(attempt.code());
        }
    }
}
