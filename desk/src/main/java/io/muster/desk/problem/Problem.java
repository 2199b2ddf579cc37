package io.muster.desk.problem;

import java.util.List;
import java.util.Optional;

/// One refusal or fault, in words for a person.
///
/// @param detail    what happened, and why
/// @param remedy    what to do next
/// @param faults    where in the request the fault lies; often empty
/// @param reference names this occurrence in the server's log; only faults of the server have one
public record Problem(ProblemKind kind, String detail, String remedy, List<Fault> faults, Optional<String> reference) {

    /// @param at a JSON pointer into the body, or the name of a parameter
    public record Fault(String at, String detail) {}

    public Problem {
        faults = List.copyOf(faults);
    }

    public static Problem of(ProblemKind kind, String detail, String remedy) {
        return new Problem(kind, detail, remedy, List.of(), Optional.empty());
    }

    /// A request that breaks the contract at one place.
    public static Problem invalid(String at, String detail, String remedy) {
        return new Problem(
                ProblemKind.INVALID_REQUEST, detail, remedy, List.of(new Fault(at, detail)), Optional.empty());
    }

    /// @param what the kind of thing, as in "tenant"
    public static Problem missing(String what, String name, String remedy) {
        return of(ProblemKind.NOT_FOUND, "There is no " + what + " \"" + name + "\".", remedy);
    }

    /// A fault of our own: it says nothing but where to look.
    public static Problem internal(String reference) {
        return new Problem(
                ProblemKind.INTERNAL,
                "The server failed at this request; its log has the cause under " + reference + ".",
                "Try again. If it stays, look the reference up in the server's log.",
                List.of(),
                Optional.of(reference));
    }
}
