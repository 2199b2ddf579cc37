package io.muster.core.testkit;

import io.muster.core.access.Scope;
import io.muster.core.device.Bytes;
import io.muster.core.device.Device;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Serial;
import io.muster.core.door.AttemptId;
import io.muster.core.door.Change;
import io.muster.core.door.OperationId;
import io.muster.core.ledger.Act;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Attempts;
import io.muster.core.ledger.Ledger;
import io.muster.core.ledger.LedgerUnavailable;
import io.muster.core.ledger.Operation;
import io.muster.core.policy.Snapshot;
import io.muster.core.roster.TokenId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;

/// A ledger in memory that keeps the promises of the real one. What another node does between a look and a commit is
/// handed in as an interference.
public final class MemoryLedger implements Ledger, Attempts {

    private final MemoryRoster roster;
    private final Map<RegistrationId, Device> devices = new HashMap<>();
    private final Set<RegistrationId> blockedNames = new HashSet<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<Act> acts = new ArrayList<>();
    private final Deque<Runnable> interferences = new ArrayDeque<>();
    private BiConsumer<OperationId, Operation.State> operations = (id, state) -> {};
    private Snapshot.Clock clock = new Snapshot.Clock.Trusted();
    private boolean reachable = true;
    private final MemoryCertificates certificates = new MemoryCertificates();
    private final MemoryCreations creations = new MemoryCreations();
    private final Map<TokenId, Integer> uses = new HashMap<>();
    private final Map<TokenId, Set<IdentityKey>> spent = new HashMap<>();
    private final Random random = new Random(7);
    private final MemoryContests contests = new MemoryContests(this);

    public MemoryLedger(MemoryRoster roster) {
        this.roster = roster;
    }

    void endsOperations(BiConsumer<OperationId, Operation.State> listener) {
        operations = listener;
    }

    /// Happens just before the next act is recorded; several happen one per act.
    public void interfere(Runnable deed) {
        interferences.add(deed);
    }

    public void put(Device device) {
        devices.put(device.registrationId(), device);
    }

    public void block(RegistrationId name) {
        blockedNames.add(name);
    }

    public void clock(Snapshot.Clock now) {
        clock = now;
    }

    public void reachable(boolean now) {
        reachable = now;
    }

    public List<Device> devices() {
        return List.copyOf(devices.values());
    }

    /// The acts that were committed.
    public List<Act> acts() {
        return List.copyOf(acts);
    }

    public List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    void keep(Attempt attempt) {
        attempts.addFirst(attempt);
    }

    /// The events that a key is in two places.
    public MemoryContests contests() {
        return contests;
    }

    void checkReachable() {
        if (!reachable) {
            throw new LedgerUnavailable("The database is down.", new IllegalStateException("down"));
        }
    }

    @Override
    public Snapshot.Clock clock(Instant now) {
        return clock;
    }

    @Override
    public Snapshot look(
            Name tenant, RegistrationId name, IdentityKey key, Optional<IdentityKey> requested, Instant now) {
        checkReachable();
        return new Snapshot(
                Optional.ofNullable(devices.get(name)),
                holder(key).map(Device::registrationId),
                blockedNames.contains(name),
                false,
                new Snapshot.RequestedKey(requested.flatMap(this::bound), false),
                clock,
                now);
    }

    @Override
    public Serial serial(Name tenant, RegistrationId name) {
        byte[] octets = new byte[Serial.SIZE];
        random.nextBytes(octets);
        octets[0] = Serial.MARK;
        return new Serial(Bytes.of(octets));
    }

    /// The certificates that claims created.
    public MemoryCreations creations() {
        return creations;
    }

    /// The certificates of the acts that were committed.
    public MemoryCertificates certificates() {
        return certificates;
    }

    /// How often a token may be used; one that nobody named may be used once.
    public void uses(TokenId token, int times) {
        uses.put(token, times);
    }

    private boolean spends(Optional<Act.Consumed> consumed, Device device) {
        return consumed.map(it -> switch (it) {
                    case Act.Consumed.Token token ->
                        spends(token.id(), device.identityKeys().getFirst());
                    case Act.Consumed.Created created -> creations.adopt(created.serial(), device);
                })
                .orElse(true);
    }

    private boolean spends(TokenId token, IdentityKey key) {
        Set<IdentityKey> used = spent.computeIfAbsent(token, ignored -> new HashSet<>());
        return used.contains(key) || (used.size() < uses.getOrDefault(token, 1) && used.add(key));
    }

    private Optional<RegistrationId> bound(IdentityKey key) {
        return devices.values().stream()
                .filter(it -> it.identityKeys().contains(key)
                        || it.credentials().stream()
                                .anyMatch(credential -> credential.key().equals(key)))
                .map(Device::registrationId)
                .findFirst();
    }

    @Override
    public AttemptId attemptId(Name tenant, RegistrationId name, Instant at) {
        return new AttemptId(UUID.randomUUID());
    }

    @Override
    public Recorded record(Act act) {
        checkReachable();
        Optional.ofNullable(interferences.poll()).ifPresent(Runnable::run);
        checkReachable();
        if (act.recognized().edition() != roster.newestEdition()) {
            return new Recorded.Conflict("the roster changed", true);
        }
        return switch (act) {
            case Act.Enrolls it -> enroll(it);
            case Act.Confirms it -> confirm(it);
            case Act.Denies it -> {
                commit(it);
                it.completes().ifPresent(id -> operations.accept(id, new Operation.State.Failed(it.problem())));
                yield new Recorded.Noted();
            }
        };
    }

    private Recorded enroll(Act.Enrolls act) {
        Device next = act.device();
        if (version(next.registrationId()) + 1 != next.version()) {
            return new Recorded.Conflict("the device changed", false);
        }
        if (next.identityKeys().stream().flatMap(key -> holder(key).stream()).anyMatch(it -> !it.id()
                .equals(next.id()))) {
            return new Recorded.Conflict("the identity key is bound", false);
        }
        if (devices.values().stream()
                .anyMatch(
                        it -> it.deviceId().equals(next.deviceId()) && !it.id().equals(next.id()))) {
            return new Recorded.DeviceIdTaken();
        }
        if (!spends(act.consumes(), next)) {
            return new Recorded.Spent();
        }
        put(next);
        certificates.keep(next, act.certification());
        commit(act);
        act.completes().ifPresent(id -> operations.accept(id, new Operation.State.Done(act.change())));
        return new Recorded.Committed(next);
    }

    private Recorded confirm(Act.Confirms act) {
        if (version(act.device().registrationId()) != act.device().version()) {
            return new Recorded.Conflict("the device changed", false);
        }
        if (!spends(act.consumes(), act.device())) {
            return new Recorded.Spent();
        }
        commit(act);
        act.completes().ifPresent(id -> operations.accept(id, new Operation.State.Done(Change.UNCHANGED)));
        return new Recorded.Committed(act.device());
    }

    private void commit(Act act) {
        acts.add(act);
        keep(act.attempt());
    }

    private long version(RegistrationId name) {
        return devices.containsKey(name) ? devices.get(name).version() : 0;
    }

    private Optional<Device> holder(IdentityKey key) {
        return devices.values().stream()
                .filter(it -> it.identityKeys().contains(key))
                .findFirst();
    }

    @Override
    public List<Attempt> of(Name tenant, Scope scope, RegistrationId name, int limit) {
        return attempts.stream()
                .filter(it -> it.tenant().equals(tenant) && it.registrationId().equals(name))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Attempt> find(Name tenant, AttemptId id) {
        return attempts.stream()
                .filter(it -> it.tenant().equals(tenant) && it.id().equals(id))
                .findFirst();
    }
}
