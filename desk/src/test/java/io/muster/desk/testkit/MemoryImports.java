package io.muster.desk.testkit;

import io.muster.core.access.Warrant;
import io.muster.core.device.Name;
import io.muster.core.ledger.LedgerUnavailable;
import io.muster.core.roster.Addition;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Import;
import io.muster.core.roster.Import.State;
import io.muster.core.roster.Import.Tally;
import io.muster.core.roster.ImportId;
import io.muster.core.roster.Imports;
import io.muster.core.roster.Registered;
import io.muster.core.roster.Registrar;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/// Imports in memory, with the rules that their port promises. A lease ends when the test says that its holder died.
public final class MemoryImports implements Imports {

    private static final class Held {
        private Import work;
        private final ByteArrayOutputStream file = new ByteArrayOutputStream();
        private boolean leased;
        private long turn;

        private Held(Import work) {
            this.work = work;
        }
    }

    private final Registrar registrar;
    private final Map<Long, Held> held = new TreeMap<>();
    private final Map<ImportId, Long> numbers = new HashMap<>();
    private int stepsUntilDeath = Integer.MAX_VALUE;

    public MemoryImports(Registrar registrar) {
        this.registrar = registrar;
    }

    /// Whoever holds an import dies after so many more steps: before the next one is carried out.
    public synchronized void dieAfter(int steps) {
        stepsUntilDeath = steps;
    }

    /// Every lease ends.
    public synchronized void leasesEnd() {
        stepsUntilDeath = Integer.MAX_VALUE;
        held.values().forEach(one -> one.leased = false);
    }

    @Override
    public synchronized Registered<Import> begin(Name tenant, Import.Order order, Warrant warrant) {
        if (held.values().stream().filter(one -> !one.work.state().ended()).count() >= MAX_OPEN) {
            return new Registered.Full<>("imports on their way", MAX_OPEN);
        }
        long number = held.size() + 1L;
        Import begun = new Import(
                new ImportId(new UUID(number, number)),
                tenant,
                order,
                warrant,
                State.RECEIVING,
                Optional.empty(),
                Tally.NOTHING,
                List.of(),
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH);
        held.put(number, new Held(begun));
        numbers.put(begun.id(), number);
        return new Registered.Done<>(begun);
    }

    @Override
    public synchronized boolean receive(Import receiving, int part, byte[] bytes) {
        Held one = held(receiving.id());
        if (one.work.state() != State.RECEIVING) {
            return false;
        }
        one.file.writeBytes(bytes);
        return true;
    }

    @Override
    public synchronized Optional<Import> received(Import receiving, long bytes, String digest) {
        Held one = held(receiving.id());
        if (one.work.state() != State.RECEIVING) {
            return Optional.empty();
        }
        one.work = new Import(
                receiving.id(),
                receiving.tenant(),
                receiving.order(),
                receiving.warrant(),
                State.VALIDATING,
                Optional.of(digest),
                new Tally(bytes, 0, 0, 0, 0, 0, 0, 0),
                List.of(),
                Optional.empty(),
                receiving.createdAt(),
                receiving.changedAt());
        return Optional.of(one.work);
    }

    @Override
    public synchronized void abandon(Import receiving, String why) {
        Held one = held(receiving.id());
        if (one.work.state() == State.RECEIVING) {
            one.work = one.work.now(State.FAILED, one.work.tally(), List.of(), Optional.of(why));
        }
    }

    @Override
    public synchronized Optional<Import> find(Name tenant, ImportId id) {
        return Optional.ofNullable(numbers.get(id)).map(number -> held(id).work).filter(work -> work.tenant()
                .equals(tenant));
    }

    @Override
    public synchronized List<Import> list(Name tenant, Optional<ImportId> after, int limit) {
        long from = after.map(id -> numbers.getOrDefault(id, 0L)).orElse(Long.MAX_VALUE);
        return held.entrySet().stream()
                .filter(one ->
                        one.getKey() < from && one.getValue().work.tenant().equals(tenant))
                .sorted((a, b) -> Long.compare(b.getKey(), a.getKey()))
                .limit(limit)
                .map(one -> one.getValue()
                        .work
                        .now(
                                one.getValue().work.state(),
                                one.getValue().work.tally(),
                                List.of(),
                                one.getValue().work.failure()))
                .toList();
    }

    @Override
    public synchronized Optional<Import> cancel(Name tenant, ImportId id) {
        Optional<Import> found = find(tenant, id);
        found.filter(work -> !work.state().ended())
                .ifPresent(work ->
                        held(id).work = work.now(State.CANCELED, work.tally(), work.findings(), Optional.empty()));
        return find(tenant, id);
    }

    @Override
    public synchronized Optional<Leased> lease(Duration lease) {
        return held.values().stream()
                .filter(one ->
                        !one.leased && (one.work.state() == State.VALIDATING || one.work.state() == State.APPLYING))
                .findFirst()
                .map(one -> {
                    one.leased = true;
                    return new Leased(one.work, ++one.turn);
                });
    }

    @Override
    public synchronized InputStream content(Leased leased) {
        return new ByteArrayInputStream(held(leased.work().id()).file.toByteArray());
    }

    @Override
    public synchronized boolean keep(Leased leased, Import next, Duration lease) {
        step();
        boolean mine = holds(leased);
        if (mine) {
            held(next.id()).work = next;
        }
        return mine;
    }

    @Override
    public synchronized Optional<Import> add(
            Leased leased, List<Enrollment> individuals, Function<List<Addition>, Import> next, Duration lease) {
        step();
        if (!holds(leased)) {
            return Optional.empty();
        }
        Import work = leased.work();
        if (registrar.addIndividuals(work.tenant(), individuals, work.warrant())
                instanceof Registered.Done<List<Addition>>(List<Addition> answers)) {
            Import reached = next.apply(answers);
            held(work.id()).work = reached;
            return Optional.of(reached);
        }
        throw new IllegalStateException("no tenant");
    }

    @Override
    public synchronized void release(Leased leased) {
        if (holds(leased)) {
            held(leased.work().id()).leased = false;
        }
    }

    @Override
    public void tidy() {}

    private void step() {
        if (stepsUntilDeath-- <= 0) {
            throw new LedgerUnavailable("the worker is dead", new IllegalStateException("killed"));
        }
    }

    private boolean holds(Leased leased) {
        Held one = held(leased.work().id());
        return one.turn == leased.turn() && !one.work.state().ended();
    }

    private Held held(ImportId id) {
        return Optional.ofNullable(numbers.get(id)).map(held::get).orElseThrow();
    }
}
