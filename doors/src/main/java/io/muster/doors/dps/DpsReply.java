package io.muster.doors.dps;

import java.util.OptionalInt;
import java.util.OptionalLong;

/// What a device is told, whatever carries it.
///
/// @param status     in the numbers of HTTP
/// @param number     of the error
/// @param retryAfter seconds until the device shall ask again
/// @param body       JSON
record DpsReply(int status, OptionalInt number, OptionalLong retryAfter, String body) {

    static DpsReply of(int status, String body) {
        return new DpsReply(status, OptionalInt.empty(), OptionalLong.empty(), body);
    }

    DpsReply numbered(int error) {
        return new DpsReply(status, OptionalInt.of(error), retryAfter, body);
    }

    DpsReply retriedAfter(long seconds) {
        return new DpsReply(status, number, OptionalLong.of(seconds), body);
    }
}
