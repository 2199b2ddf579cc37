package io.muster.core.flow;

import io.muster.core.access.Scope;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.AttemptId;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Attempts;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Every try that is kept: what the ledger holds of devices that proved themselves, and what this node remembers of
/// callers that did not.
public final class History implements Attempts {

    private final Attempts ledger;
    private final Strangers strangers;
    private final Observer observer;

    public History(Attempts ledger, Strangers strangers) {
        this(ledger, strangers, Observer.NOBODY);
    }

    /// @param observer hears of every try while it goes
    public History(Attempts ledger, Strangers strangers, Observer observer) {
        this.ledger = ledger;
        this.strangers = strangers;
        this.observer = observer;
    }

    Observer observer() {
        return observer;
    }

    Strangers strangers() {
        return strangers;
    }

    @Override
    public List<Attempt> of(Name tenant, Scope scope, RegistrationId name, int limit) {
        return Stream.concat(
                        ledger.of(tenant, scope, name, limit).stream(),
                        strangers.of(tenant, scope, name, limit).stream())
                .sorted(Comparator.comparing(Attempt::at).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Attempt> find(Name tenant, AttemptId id) {
        return strangers.find(tenant, id).or(() -> ledger.find(tenant, id));
    }
}
