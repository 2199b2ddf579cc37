package io.muster.desk.testkit;

import io.muster.core.device.Name;
import io.muster.core.door.Change;
import io.muster.core.door.OperationId;
import io.muster.core.door.Problem;
import io.muster.core.door.Refusal;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Logbook;
import io.muster.core.ledger.Operation;
import io.muster.core.ledger.Operation.State;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The attempts that a ledger in memory holds, and an operation in each state.
public final class MemoryLogbook implements Logbook {

    private final MemoryLedger ledger;

    MemoryLogbook(MemoryLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public Page<Attempt> attempts(Name tenant, Filter filter, Optional<String> cursor, int limit) {
        List<Attempt> found = ledger.attempts().stream()
                .filter(it -> it.tenant().equals(tenant))
                .filter(it -> filter.code().map(it.code()::equals).orElse(true))
                .filter(it -> filter.result().map(it.result()::equals).orElse(true))
                .filter(it ->
                        filter.since().map(since -> !it.at().isBefore(since)).orElse(true))
                .toList();
        return new Page<>(found, Optional.empty());
    }

    @Override
    public Page<Operation> operations(Name tenant, Optional<Stage> state, Optional<String> cursor, int limit) {
        return new Page<>(all(), Optional.empty());
    }

    @Override
    public Optional<Operation> operation(Name tenant, OperationId id) {
        return all().stream().filter(it -> it.id().equals(id)).findFirst();
    }

    private static List<Operation> all() {
        return List.of(
                operation(1, new State.Waiting()),
                operation(2, new State.Done(Change.INITIAL)),
                operation(3, new State.Failed(Problem.of(new Refusal.Blocked("registration id")))),
                operation(4, new State.Expired()));
    }

    private static Operation operation(int number, State state) {
        return Samples.operation(new OperationId(new UUID(2, number)), state);
    }
}
