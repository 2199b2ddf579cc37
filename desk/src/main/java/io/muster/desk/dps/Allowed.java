package io.muster.desk.dps;

import io.muster.core.access.Action;
import io.muster.core.device.Name;
import io.muster.desk.exchange.Admitted;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Reply;
import java.util.function.Function;
import java.util.function.Supplier;

/// Whose enrollments a caller manages, and what it may do: a policy is for one tenant as a whole.
final class Allowed {

    private Allowed() {}

    static Reply in(Call call, Action action, Function<Name, Reply> next) {
        Name tenant = tenant(call);
        return call.principal().mayInAllOf(tenant, action)
                ? next.apply(tenant)
                : Admitted.forbidden(call.principal(), action);
    }

    /// The same once more, where what is asked turns out to be more.
    static Reply also(Call call, Action action, Supplier<Reply> next) {
        return in(call, action, _ -> next.get());
    }

    /// The gate lets in nobody without one.
    private static Name tenant(Call call) {
        return call.principal().scope().tenant().orElseThrow();
    }
}
