package io.muster.core.permission;

/// What came of looking at one statement.
///
/// @param detail the part of the statement that settled it, as it is written; may be empty
public record Finding(StatementId statement, Statement.Effect effect, Result result, String detail) {

    /// Whether a statement applies, and why not.
    public enum Result {
        APPLIES,
        /// It denies by a variable that has no value: it denies whatever it could deny.
        APPLIES_IN_DOUBT,
        OTHER_ACTION,
        OTHER_RESOURCE,
        CONDITION_NOT_MET,
        /// It would allow by a variable that has no value.
        NOT_IN_DOUBT,
        /// What was asked for is longer than anything that is allowed.
        TOO_LONG
    }

    /// Whether the statement decides.
    public boolean applies() {
        return result == Result.APPLIES || result == Result.APPLIES_IN_DOUBT;
    }

    /// In words.
    public String words() {
        return statement
                + (effect == Statement.Effect.ALLOW ? " allows: " : " denies: ")
                + switch (result) {
                    case APPLIES -> "it applies, by " + detail;
                    case APPLIES_IN_DOUBT ->
                        "it applies, since a variable has no value that could rule it out: " + detail;
                    case OTHER_ACTION -> "it does not apply, it speaks of other actions";
                    case OTHER_RESOURCE -> "it does not apply, it speaks of other resources";
                    case CONDITION_NOT_MET -> "it does not apply, a condition is not met: " + detail;
                    case NOT_IN_DOUBT -> "it does not apply, a variable has no value: " + detail;
                    case TOO_LONG -> "it does not apply, the name is longer than " + Ask.MAX_LENGTH + " characters";
                };
    }
}
