package io.muster.core.flow;

import io.muster.core.device.Json;
import io.muster.core.ledger.Ground;
import io.muster.core.policy.Facts;
import io.muster.core.policy.FactsReader;
import io.muster.core.roster.FactTerms;
import java.util.Optional;

/// What comes of what a device said of itself in a recorded try, by the terms of an enrollment as they are or would
/// be.
sealed interface Reheard {

    /// @param facts  what comes of it
    /// @param before what stands in for what was known of the device
    record Heard(Facts facts, Optional<Json> before) implements Reheard {}

    /// What was kept does not tell.
    record Untold(String why) implements Reheard {}

    /// Differs from what was known.
    Json NEWS = new Json("{}");

    String TOO_LONG = "what it said of itself was too long to keep, and what is believed is another thing";

    /// @param then the terms by which it was decided
    /// @param now  the terms by which it is decided again
    static Reheard of(FactsReader reader, Ground ground, FactTerms then, FactTerms now) {
        return ground.said()
                .map(said -> said.words()
                        .map(words -> again(reader, ground, words, then, now))
                        .orElseGet(() -> unkept(ground, said, then, now)))
                .orElseGet(() -> silent(reader, ground, then, now));
    }

    private static Reheard again(FactsReader reader, Ground ground, Json words, FactTerms then, FactTerms now) {
        Facts facts = Facts.of(reader, now, Optional.of(words), Optional.empty());
        Optional<Json> before = same(ground)
                ? then.set().map(set -> reader.over(Optional.of(words), set)).or(() -> Optional.of(words))
                : Optional.empty();
        return new Heard(facts, before);
    }

    private static Reheard unkept(Ground ground, Ground.Said said, FactTerms then, FactTerms now) {
        if (!then.equals(now) && now.schema().isPresent()) {
            return new Untold(TOO_LONG);
        }
        return said.misfit().isPresent() && then.equals(now)
                ? new Heard(said.misfit().get(), Optional.empty())
                : asBefore(ground, now.schema().isPresent(), then, now);
    }

    private static Reheard silent(FactsReader reader, Ground ground, FactTerms then, FactTerms now) {
        return ground.known().device().isPresent()
                ? asBefore(ground, false, then, now)
                : new Heard(Facts.of(reader, now, Optional.empty(), Optional.empty()), Optional.empty());
    }

    private static Reheard asBefore(Ground ground, boolean checked, FactTerms then, FactTerms now) {
        boolean news = !same(ground) || (now.set().isPresent() && !now.set().equals(then.set()));
        return new Heard(new Facts.Believed(news ? Optional.of(NEWS) : Optional.empty(), checked), Optional.empty());
    }

    private static boolean same(Ground ground) {
        return ground.known().device().filter(Ground.Before::sameElse).isPresent();
    }
}
