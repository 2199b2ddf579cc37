package io.muster.desk.exchange;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// Moments that a caller names in a query.
public final class Moments {

    private Moments() {}

    /// The contract lets digits in the right places pass; whether they are a day is looked at here.
    public static Form<Optional<Instant>> read(Call call, String parameter) {
        Optional<String> asked = call.asked(parameter);
        try {
            return Form.of(asked.map(Instant::parse));
        } catch (DateTimeParseException e) {
            return Form.faulty(
                    parameter,
                    "\"" + asked.orElse("") + "\" is not a moment.",
                    "Write it in UTC, such as 2026-11-23T18:30:00Z.");
        }
    }
}
