package io.muster.core.door;

/// One step of a decision, as it is kept and later told.
///
/// @param code    stable name of the check, such as `chain_valid`
/// @param input   what was looked at, in words; never a secret
/// @param verdict what came of it
/// @param rule    the rule that was applied, in words
/// @param remedy  what to do about a failure; empty unless it failed
public record Check(String code, String input, Verdict verdict, String rule, String remedy) {

    /// What came of a check.
    public enum Verdict {
        PASS,
        FAIL,
        NOTE
    }

    public static Check pass(String code, String input, String rule) {
        return new Check(code, input, Verdict.PASS, rule, "");
    }

    /// A fact that explains the decision and does not decide it.
    public static Check note(String code, String input, String rule) {
        return new Check(code, input, Verdict.NOTE, rule, "");
    }

    /// The check that refused: its code, words and remedy are the refusal's.
    public static Check fail(String input, Refusal refusal) {
        Problem problem = Problem.of(refusal);
        return new Check(problem.code(), input, Verdict.FAIL, problem.detail(), problem.remedy());
    }
}
