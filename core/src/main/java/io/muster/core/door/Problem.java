package io.muster.core.door;

/// A refusal in words (the vocabulary of RFC 9457, without its numbers).
///
/// @param code      stable, in snake case; safe to tell a device
/// @param category  what kind of refusal, for a door to map to its own protocol
/// @param title     the refusal in a short sentence; safe to tell a device
/// @param detail    what was found; for the operator
/// @param remedy    what to do next; for the operator
/// @param retryable whether the same request may succeed later without anybody doing anything
public record Problem(String code, Category category, String title, String detail, String remedy, boolean retryable) {

    /// The kinds of refusal that protocols tell apart.
    public enum Category {
        MALFORMED,
        TOO_LARGE,
        UNSUPPORTED,
        UNAUTHENTICATED,
        FORBIDDEN,
        NOT_FOUND,
        CONFLICT,
        UNAVAILABLE
    }

    /// Words a refusal. This is the only place where they are worded.
    public static Problem of(Refusal refusal) {
        return Wording.of(refusal);
    }
}
