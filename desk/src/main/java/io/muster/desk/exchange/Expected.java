package io.muster.desk.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.desk.problem.Problem;
import io.muster.desk.problem.ProblemKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// Versions that callers have seen and expect: `ETag` and `If-Match` (RFC 9110, sections 8.8.3 and 13.1.1). A tag is
/// the version in quotes, or a digest of what has none.
public final class Expected {

    private static final int CONTENT_TAG_BYTES = 16;

    private Expected() {}

    public static String tag(long version) {
        return "\"" + version + "\"";
    }

    /// The tag of what has no versions: a part of the digest of its content.
    public static String tag(JsonNode content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(content.toString().getBytes(StandardCharsets.UTF_8));
            return "\"" + HexFormat.of().formatHex(digest, 0, CONTENT_TAG_BYTES) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// The same of what has no versions.
    public static Optional<Reply> refusal(Call call, String what, JsonNode present) {
        return call.header(Call.IF_MATCH)
                .filter(expected -> !expected.equals("*") && !expected.equals(tag(present)))
                .map(expected -> Reply.refused(stale("The " + what + " is not as the request expects it any more.")));
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
