package io.muster.cli.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.IdentityHashMap;
import java.util.function.LongSupplier;

/// What one evaluation may cost. A short expression can ask for a result that doubles with each character, as
/// `[@,@]|[@,@]|…` does: few objects that refer to one another, and endless once they are written. So a value weighs
/// what it would weigh when written out, before it is handed on.
final class Budget {

    static final long HEAVIEST = 4_000_000;
    static final long MOST_STEPS = 20_000_000;
    static final long LONGEST_NANOS = 5_000_000_000L;

    private static final int CHARACTERS_PER_UNIT = 16;
    private static final long STEPS_BETWEEN_LOOKS_AT_THE_CLOCK = 4096;

    /// Ends an evaluation that costs too much; never leaves this room.
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Exhausted(String what) {
            super(what, null, false, false);
        }
    }

    private final LongSupplier nanos;
    private final long deadline;
    private final IdentityHashMap<JsonNode, Long> built = new IdentityHashMap<>();
    private long steps;
    private long nextLook;

    /// @param nanos a clock that only moves on
    Budget(LongSupplier nanos) {
        this.nanos = nanos;
        this.deadline = nanos.getAsLong() + LONGEST_NANOS;
    }

    void spend(long number) {
        steps += number;
        if (steps > MOST_STEPS) {
            throw new Exhausted("it takes more than 20 million steps");
        }
        if (steps >= nextLook) {
            nextLook = steps + STEPS_BETWEEN_LOOKS_AT_THE_CLOCK;
            if (nanos.getAsLong() - deadline > 0) {
                throw new Exhausted("it takes more than 5 seconds");
            }
        }
    }

    /// What the value weighs when written out: a unit for each value and for every 16 characters of text.
    long weight(JsonNode value) {
        spend(1);
        if (value.isTextual()) {
            return weight(value.textValue());
        }
        Long known = built.get(value);
        if (known != null) {
            return known;
        }
        long weight = 1;
        for (JsonNode part : value) {
            weight += weight(part);
        }
        return weight;
    }

    long weight(String text) {
        return 1L + text.length() / CHARACTERS_PER_UNIT;
    }

    /// A text or list that is being built has come to weigh so much.
    void allow(long weight) {
        if (weight > HEAVIEST) {
            throw new Exhausted("its result, or a step on the way, holds more than 4 million values");
        }
    }

    /// Remembers what a new list or object weighs, so that it is not weighed again each time it is used.
    JsonNode remember(JsonNode value, long weight) {
        allow(weight);
        built.put(value, weight);
        return value;
    }
}
