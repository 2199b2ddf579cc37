package io.muster.server.checkup;

import io.muster.desk.health.Finding;
import java.time.Duration;
import java.time.Instant;

/// How long something is valid, in words.
final class Life {

    private Life() {}

    static Finding finding(String name, String subject, Instant end, Duration soon, String remedy, Instant now) {
        if (end.isBefore(now)) {
            return Finding.fail(name, subject + " has ended on " + end + ".", remedy);
        }
        String what = subject + " is valid until " + end + ".";
        return end.isBefore(now.plus(soon)) ? Finding.warn(name, what, remedy) : Finding.ok(name, what);
    }
}
