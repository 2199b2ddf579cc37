package io.muster.desk.exchange;

import io.muster.core.access.Action;
import io.muster.core.access.Principal;
import io.muster.core.device.Name;
import io.muster.desk.problem.Problem;
import io.muster.desk.problem.ProblemKind;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// An operation, and what one must be allowed to do to ask for it. Whom it does not admit learns the same whether
/// what they ask for exists or not.
public final class Admitted implements Operation {

    /// How far the permission must reach.
    private enum Reach {
        /// Nothing is asked: health.
        OPEN,
        /// The whole installation.
        INSTALLATION,
        /// The tenant that the path names, with all its enrollments and regions.
        TENANT,
        /// Something of the tenant that the path names; the operation looks at enrollments and regions.
        PART,
        /// Anything at all; the operation shows what the caller's scope covers.
        ANY
    }

    private static final String TENANT = "tenant";

    private final Reach reach;
    private final Optional<Action> action;
    private final Operation operation;

    private Admitted(Reach reach, Optional<Action> action, Operation operation) {
        this.reach = reach;
        this.action = action;
        this.operation = operation;
    }

    public static Admitted everybody(Operation operation) {
        return new Admitted(Reach.OPEN, Optional.empty(), operation);
    }

    public static Admitted inInstallation(Action action, Operation operation) {
        return new Admitted(Reach.INSTALLATION, Optional.of(action), operation);
    }

    /// For operations that look at the caller's scope themselves, see [Sight].
    public static Admitted withinTenant(Action action, Operation operation) {
        return new Admitted(Reach.PART, Optional.of(action), operation);
    }

    public static Admitted inTenant(Action action, Operation operation) {
        return new Admitted(Reach.TENANT, Optional.of(action), operation);
    }

    public static Admitted anywhere(Action action, Operation operation) {
        return new Admitted(Reach.ANY, Optional.of(action), operation);
    }

    /// What it takes; empty where it is open to everybody.
    public Optional<Action> action() {
        return action;
    }

    /// How far the permission must reach, in a word for the documentation.
    public String reach() {
        return switch (reach) {
            case OPEN -> "open";
            case INSTALLATION -> "installation";
            case TENANT -> "tenant";
            case PART -> "within";
            case ANY -> "any";
        };
    }

    /// The same operation with something around what it does once somebody is admitted.
    public Admitted around(UnaryOperator<Operation> more) {
        return new Admitted(reach, action, more.apply(operation));
    }

    @Override
    public Reply answer(Call call) {
        return refusal(call.caller(), Optional.ofNullable(call.path().get(TENANT)))
                .orElseGet(() -> operation.answer(call));
    }

    /// Why it is not for this caller; empty where it is.
    ///
    /// @param tenant as the path names it
    public Optional<Reply> refusal(Caller caller, Optional<String> tenant) {
        return action.flatMap(needed -> {
            Principal principal = caller.principal().orElseThrow();
            return admits(principal, needed, tenant) ? Optional.empty() : Optional.of(forbidden(principal, needed));
        });
    }

    /// For operations where more than their action is needed, depending on what they are given.
    public static Reply forbidden(Principal principal, Action action) {
        return forbidden(
                principal,
                action,
                "it takes the permission " + action.name().toLowerCase(Locale.ROOT) + " where it was asked");
    }

    /// @param why as the end of a sentence
    public static Reply forbidden(Principal principal, Action action, String why) {
        return Reply.refused(Problem.of(
                ProblemKind.FORBIDDEN,
                "\"" + principal.name() + "\" (" + principal.role().name().toLowerCase(Locale.ROOT)
                        + ") may not do this here (" + action.name().toLowerCase(Locale.ROOT) + "): " + why + ".",
                "Use a key whose role and scope allow it; an owner makes one with: muster key create --help"));
    }

    /// What is no name is no tenant's: the contract refuses it.
    private boolean admits(Principal principal, Action needed, Optional<String> path) {
        Optional<Name> tenant = path.flatMap(Name::parse);
        return switch (reach) {
            case OPEN -> true;
            case INSTALLATION -> principal.may(needed);
            case TENANT ->
                tenant.map(name -> principal.mayInAllOf(name, needed)).orElseGet(() -> principal.may(needed));
            case PART -> tenant.map(name -> principal.may(needed, name)).orElseGet(() -> principal.may(needed));
            case ANY -> principal.role().allows(needed);
        };
    }
}
