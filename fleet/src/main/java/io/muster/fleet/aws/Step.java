package io.muster.fleet.aws;

import io.muster.fleet.mqtt.Attempt;

/// What came of one step on the way to being a thing.
///
/// @param <T> what the next step needs
sealed interface Step<T> {

    record Passed<T>(T result) implements Step<T> {}

    /// There is no next step.
    record Ended<T>(Attempt<Onboarding> attempt) implements Step<T> {}

    static <T> Step<T> lost(String reason) {
        return new Ended<>(new Attempt.Done<>(new Onboarding.Lost(reason)));
    }
}
