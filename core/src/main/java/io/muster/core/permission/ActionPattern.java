package io.muster.core.permission;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The actions that a statement names.
///
/// @param actions of those that are asked here; other services' actions, and those of AWS IoT that only its own
///     services ask for, are none of them
public record ActionPattern(String written, Set<Action> actions) {

    /// The form in words, for messages that refuse another.
    public static final String RULE = "*, iot:*, iot:Connect, iot:Publish, iot:Subscribe, iot:Receive,"
            + " iot:RetainPublish, or another action of AWS IoT or of another service";

    /// Actions that device policies name and that nothing here asks for.
    private static final List<String> ELSEWHERE = List.of(
            "iot:GetThingShadow",
            "iot:UpdateThingShadow",
            "iot:DeleteThingShadow",
            "iot:ListNamedShadowsForThing",
            "iot:GetRetainedMessage",
            "iot:ListRetainedMessages",
            "iot:AssumeRoleWithCertificate",
            "iot:DescribeJobExecution",
            "iot:GetPendingJobExecutions",
            "iot:StartNextPendingJobExecution",
            "iot:UpdateJobExecution");

    public ActionPattern {
        actions = Set.copyOf(actions);
    }

    /// Parses an action at the wall, without regard to case; empty when no service has such an action. A misspelled
    /// action of AWS IoT is refused: in a Deny it would deny nothing.
    public static Optional<ActionPattern> parse(String written) {
        String text = written.toLowerCase(Locale.ROOT);
        int colon = text.indexOf(':');
        boolean wellFormed = !text.isEmpty()
                && text.length() <= 128
                && text.chars().allMatch(ActionPattern::allowed)
                && (colon > 0 ? colon == text.lastIndexOf(':') && colon < text.length() - 1 : text.equals("*"));
        if (!wellFormed || !(Glob.parse(text, true) instanceof Parsed.Good<Glob>(Glob glob))) {
            return Optional.empty();
        }
        Matcher matcher = Matcher.of(glob, Variables.NONE);
        Set<Action> actions = EnumSet.noneOf(Action.class);
        Arrays.stream(Action.values()).filter(it -> names(matcher, it.code())).forEach(actions::add);
        boolean known = !text.startsWith("iot:")
                || !actions.isEmpty()
                || ELSEWHERE.stream().anyMatch(it -> names(matcher, it));
        return known ? Optional.of(new ActionPattern(written, actions)) : Optional.empty();
    }

    private static boolean names(Matcher matcher, String action) {
        return matcher.matches(action.toLowerCase(Locale.ROOT)) == Truth.YES;
    }

    private static boolean allowed(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || ":-*?".indexOf(c) >= 0;
    }
}
