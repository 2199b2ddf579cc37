package io.muster.desk.exchange;

import io.muster.core.access.Action;
import io.muster.core.access.Principal;
import io.muster.core.device.Name;
import io.muster.desk.problem.Problem;
import io.muster.desk.problem.ProblemKind;
import java.util.Locale;
import java.util.Optional;

/// An operation, and what one must be allowed to do to ask for it. Whom it does not admit learns the same whether
/// what they ask for exists or not.
public final class Admitted implements Operation {

    /// How far the permission must reach.
    private enum Reach {
        /// Nothing is asked: health.
        OPEN,
        /// The whole installation.
        INSTALLATION,
        /// The tenant that the path names.
        TENANT,
        /// Anything at all; the operation shows what the caller's scope covers.
        ANY
    }

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

    @Override
    public Reply answer(Call call) {
        if (action.isEmpty() || admits(call, action.get())) {
            return operation.answer(call);
        }
        return forbidden(call.principal(), action.get());
    }

    /// For operations where more than their action is needed, depending on what they are given.
    public static Reply forbidden(Principal principal, Action action) {
        return Reply.refused(Problem.of(
                ProblemKind.FORBIDDEN,
                "\"" + principal.name() + "\" (" + principal.role().name().toLowerCase(Locale.ROOT)
                        + ") may not do this here: it takes the permission "
                        + action.name().toLowerCase(Locale.ROOT) + " where it was asked.",
                "Use a key whose role and scope allow it; an owner makes one with: muster key create --help"));
    }

    private boolean admits(Call call, Action needed) {
        Principal principal = call.principal();
        return switch (reach) {
            case OPEN -> true;
            case INSTALLATION -> principal.may(needed);
            case TENANT ->
                Name.parse(call.named("tenant"))
                        .filter(tenant -> principal.may(needed, tenant))
                        .isPresent();
            case ANY -> principal.role().allows(needed);
        };
    }
}
