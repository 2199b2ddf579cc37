package io.muster.core.testkit;

import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.OperationId;
import io.muster.core.door.Problem;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Operation;
import io.muster.core.ledger.Operations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Deferred tries in memory. A lease lasts until the operation is postponed or ended.
public final class MemoryOperations implements Operations {

    private final MemoryLedger ledger;
    private final Map<OperationId, Operation> all = new LinkedHashMap<>();
    private final List<OperationId> leased = new ArrayList<>();
    private final List<Duration> postponements = new ArrayList<>();

    public MemoryOperations(MemoryLedger ledger) {
        this.ledger = ledger;
        ledger.endsOperations(this::end);
    }

    public List<Operation> all() {
        return List.copyOf(all.values());
    }

    public List<Duration> postponements() {
        return List.copyOf(postponements);
    }

    /// What the store does to an operation that nobody carried out in time.
    public void expire(OperationId id) {
        end(id, new Operation.State.Expired());
    }

    @Override
    public OperationId defer(Operation operation, Attempt attempt) {
        ledger.checkReachable();
        return all.values().stream()
                .filter(it -> it.state() instanceof Operation.State.Waiting)
                .filter(it -> it.registrationId().equals(operation.registrationId())
                        && it.key().equals(operation.key()))
                .map(Operation::id)
                .findFirst()
                .orElseGet(() -> {
                    ledger.keep(attempt);
                    all.put(operation.id(), operation);
                    return operation.id();
                });
    }

    @Override
    public Optional<Operation> find(Name tenant, RegistrationId name, OperationId id) {
        ledger.checkReachable();
        return Optional.ofNullable(all.get(id))
                .filter(it -> it.tenant().equals(tenant) && it.registrationId().equals(name));
    }

    @Override
    public List<Operation> lease(int limit, Duration lease) {
        ledger.checkReachable();
        List<Operation> taken = all.values().stream()
                .filter(it -> it.state() instanceof Operation.State.Waiting && !leased.contains(it.id()))
                .limit(limit)
                .toList();
        taken.forEach(it -> leased.add(it.id()));
        return taken;
    }

    @Override
    public void postpone(Operation operation, Duration delay) {
        leased.remove(operation.id());
        postponements.add(delay);
    }

    @Override
    public void fail(Operation operation, Problem problem) {
        end(operation.id(), new Operation.State.Failed(problem));
    }

    private void end(OperationId id, Operation.State state) {
        leased.remove(id);
        all.computeIfPresent(
                id,
                (same, it) -> new Operation(
                        it.id(),
                        it.tenant(),
                        it.registrationId(),
                        it.key(),
                        it.enrollment(),
                        it.shown(),
                        it.chip(),
                        it.certificate(),
                        it.payload(),
                        it.door(),
                        it.source(),
                        it.createdAt(),
                        state));
    }
}
