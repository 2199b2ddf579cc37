package io.muster.desk.exchange;

import io.muster.desk.problem.Problem;
import io.muster.desk.problem.ProblemKind;
import java.util.Optional;

/// Versions that callers have seen and expect: `ETag` and `If-Match` (RFC 9110, sections 8.8.3 and 13.1.1). A tag is
/// the version in quotes.
public final class Expected {

    private Expected() {}

    public static String tag(long version) {
        return "\"" + version + "\"";
    }

    /// Why a change is not for what is there; empty where it is, or where the caller does not mind.
    ///
    /// @param what as in `enrollment pumps`
    public static Optional<Reply> refusal(Call call, String what, long present) {
        return call.header(Call.IF_MATCH)
                .filter(expected -> !matches(expected, present))
                .map(expected -> Reply.refused(stale(
                        "The " + what + " is at version " + present + " now, which is not what the request expects.")));
    }

    static Problem stale(String detail) {
        return Problem.of(
                ProblemKind.PRECONDITION_FAILED,
                detail,
                "Read it again, and repeat the change with the new ETag in If-Match if it still makes sense.");
    }

    private static boolean matches(String expected, long present) {
        return expected.equals("*") || expected.equals(tag(present));
    }
}
