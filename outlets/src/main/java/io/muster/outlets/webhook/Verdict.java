package io.muster.outlets.webhook;

import io.muster.outlets.http.Answer;
import java.time.Duration;
import java.time.Instant;

/// What an answer means for the event that was posted.
sealed interface Verdict {

    /// The receiver has it.
    record Taken() implements Verdict {}

    /// The receiver can never take it, because of what it is.
    record Refused(String reason) implements Verdict {}

    /// The receiver refuses it; whether because of what it is or whatever it is, the answer does not tell.
    record Doubted(int status) implements Verdict {}

    /// The receiver takes nothing now.
    record Later(String message, Duration after) implements Verdict {}

    /// A wrong address or a wrong secret must not turn all of history into dead letters: what says nothing of the
    /// event is tried again until somebody mends it.
    static Verdict of(Answer answer, Instant now) {
        int status = answer.status();
        return switch (status) {
            case 413, 422 -> new Refused("the receiver answers " + status + ": it can never take such an event");
            case 400, 409 -> new Doubted(status);
            case 401, 403 -> later(answer, now, "it does not let the sink in. Check the secret and the URL");
            case 404, 405, 410 -> later(answer, now, "nobody takes events there. Check the URL, or pause the sink");
            default -> byClass(answer, now);
        };
    }

    private static Verdict byClass(Answer answer, Instant now) {
        return switch (answer.status() / 100) {
            case 2 -> new Taken();
            case 3 ->
                later(answer, now, "redirects are not followed. Set the URL that it redirects to, if that is meant");
            default -> later(answer, now, "it is tried again");
        };
    }

    private static Verdict later(Answer answer, Instant now, String what) {
        return new Later("the receiver answers " + answer.status() + ": " + what + ".", answer.retryAfter(now));
    }
}
