package io.muster.desk.roster;

import io.muster.core.roster.Registered;
import io.muster.desk.exchange.Reply;
import io.muster.desk.problem.Problem;
import io.muster.desk.problem.ProblemKind;
import java.util.function.Function;

/// Words what came of an operator's change.
public final class Answered {

    private Answered() {}

    public static <T> Reply by(Registered<T> registered, Function<T, Reply> done) {
        return switch (registered) {
            case Registered.Done<T>(T value) -> done.apply(value);
            case Registered.Exists<T>(String what) ->
                Reply.refused(Problem.of(
                        ProblemKind.ALREADY_EXISTS,
                        "There is " + what + " already.",
                        "Choose another name, or use the one that there is."));
            case Registered.Missing<T>(String what) ->
                Reply.refused(Problem.of(
                        ProblemKind.NOT_POSSIBLE,
                        "There is no " + what + ", and the request names it.",
                        "Create it first, or name another."));
            case Registered.Stale<T>(String what) ->
                Reply.refused(Problem.of(
                        ProblemKind.CONFLICT,
                        "Somebody else changed " + what + " at the same time.",
                        "Read it again and repeat the change if it still makes sense."));
            case Registered.Full<T>(String what, int limit) ->
                Reply.refused(Problem.of(
                        ProblemKind.NOT_POSSIBLE,
                        "There are " + limit + " " + what + " already, and no more fit.",
                        "Take one away that is not needed any more."));
            case Registered.Needed<T>(String what, String by) ->
                Reply.refused(Problem.of(
                        ProblemKind.NOT_POSSIBLE,
                        Character.toUpperCase(what.charAt(0)) + what.substring(1) + " is needed by " + by
                                + ", and therefore stays.",
                        "Change what needs it first, so that it needs another: muster enrollment change --help"));
        };
    }
}
