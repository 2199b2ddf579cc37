package io.muster.desk.problem;

import java.util.Locale;

/// The kinds of problem that the desk knows. The lower-case name is the stable `code` of the answer.
public enum ProblemKind {
    INVALID_REQUEST(400, "The request is not valid", false),
    TOKEN_IN_URL(400, "A key does not belong in a URL", false),
    UNAUTHORIZED(401, "No valid key", false),
    FORBIDDEN(403, "Not allowed", false),
    NOT_FOUND(404, "There is no such thing", false),
    METHOD_NOT_ALLOWED(405, "This cannot be done here", false),
    ALREADY_EXISTS(409, "The name is taken", false),
    CONFLICT(409, "Somebody changed it at the same time", true),
    IN_PROGRESS(409, "The first request is not done yet", true),
    PRECONDITION_FAILED(412, "It is not as the request expects", false),
    BODY_TOO_LARGE(413, "The body is too large", false),
    UNSUPPORTED_MEDIA_TYPE(415, "The body is not JSON", false),
    IDEMPOTENCY_KEY_REUSED(422, "Another request had this Idempotency-Key", false),
    NOT_POSSIBLE(422, "This cannot be done to it", false),
    TOO_MANY_FAILED_LOGINS(429, "Too many failed log-ins", true),
    INTERNAL(500, "The server failed", true),
    UNAVAILABLE(503, "The server cannot serve this now", true);

    private final int status;
    private final String title;
    private final boolean retryable;

    ProblemKind(int status, String title, boolean retryable) {
        this.status = status;
        this.title = title;
        this.retryable = retryable;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /// Whether the same request can succeed later.
    public boolean retryable() {
        return retryable;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
