package io.muster.core.flow;

import io.muster.core.device.DeviceId;
import io.muster.core.device.Name;
import io.muster.core.door.Admitted;
import io.muster.core.door.ClaimId;
import io.muster.core.door.Outcome;
import io.muster.core.door.Problem;
import io.muster.core.door.Reception;
import io.muster.core.ledger.Movements;
import io.muster.core.ledger.Movements.Guest;
import io.muster.core.ledger.Movements.Mark;
import io.muster.core.ledger.Movements.Moved;
import io.muster.core.ledger.Movements.Seen;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// Watches over the connections of this node that were let in, and ends those whose standing holds no longer.
///
/// Nobody is asked about one by one. A look reads what moved since the last one: in the roster by its edition, in the
/// ledger by the entries that were written. Only whom that concerns is judged again, by what it was let in by. A
/// connection is new to one look: what happened between its admission and that look is found by the device's version.
public final class Oversight {

    private static final System.Logger log = System.getLogger(Oversight.class.getName());

    /// How many are judged at the same time.
    private static final int AT_ONCE = 64;

    private final Reception reception;
    private final Movements movements;
    private final InstantSource clock;
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private Optional<Mark> mark = Optional.empty();
    private long edition;

    public Oversight(Reception reception, Movements movements, InstantSource clock) {
        this.reception = reception;
        this.movements = movements;
        this.clock = clock;
    }

    Watch over(Admitted.Inside inside, Runnable ends) {
        Watch watch = new Watch(inside, ends, watches::remove);
        watches.add(watch);
        return watch;
    }

    /// One look, by one thread at a time; where nobody stays, it asks nothing. True when there is more to look at.
    /// Where the ledger cannot be reached nobody is sent away, and the next look begins where this one began.
    public boolean look() {
        endExpired();
        List<Watch> present = List.copyOf(watches);
        if (present.isEmpty()) {
            mark = Optional.empty();
            return false;
        }
        Moved moved = movements.since(mark.orElseGet(movements::now));
        Set<Watch> ended = new HashSet<>(shut(present, moved.mark().edition()));
        ended.addAll(claimsEnded(present, moved.claims()));
        Map<Watch, Judgment> judged = judge(suspects(present, moved.devices()));
        judged.forEach((watch, judgment) -> {
            switch (judgment) {
                case Judgment.Ended() -> ended.add(watch);
                case Judgment.Stands it -> watch.stands(it.version());
                case Judgment.Unknown() -> {}
            }
        });
        ended.forEach(Watch::end);
        present.forEach(it -> it.settled(!(judged.get(it) instanceof Judgment.Unknown)));
        mark = Optional.of(moved.mark());
        edition = moved.mark().edition();
        if (!ended.isEmpty()) {
            log.log(System.Logger.Level.INFO, ended.size() + " connections were ended: who held them may not stay");
        }
        return moved.more();
    }

    /// Time passes whether or not the ledger can be reached.
    private void endExpired() {
        Instant now = clock.instant();
        watches.stream().filter(it -> it.over(now)).toList().forEach(Watch::end);
    }

    private List<Watch> shut(List<Watch> present, long newest) {
        List<Watch> asked = newest == edition ? unsure(present) : present;
        if (asked.isEmpty()) {
            return asked;
        }
        Set<Guest> shut =
                movements.shut(newest, asked.stream().map(Watch::guest).collect(Collectors.toSet()));
        return asked.stream().filter(it -> shut.contains(it.guest())).toList();
    }

    private static List<Watch> unsure(List<Watch> present) {
        return present.stream().filter(Watch::unsure).toList();
    }

    private List<Watch> claimsEnded(List<Watch> present, boolean moved) {
        Map<Name, Set<ClaimId>> asked = new HashMap<>();
        List<Watch> claimants = present.stream()
                .filter(it -> it.claimant().isPresent() && (moved || it.unsure()))
                .toList();
        claimants.forEach(
                watch -> watch.claimant().ifPresent(it -> asked.computeIfAbsent(it.tenant(), tenant -> new HashSet<>())
                        .add(it.claim())));
        Map<ClaimId, Instant> standing = new HashMap<>();
        asked.forEach((tenant, claims) -> standing.putAll(movements.standing(tenant, claims)));
        claimants.forEach(watch ->
                watch.claimant().ifPresent(it -> watch.standsUntil(standing.getOrDefault(it.claim(), Instant.MIN))));
        Instant now = clock.instant();
        return present.stream().filter(it -> it.over(now)).toList();
    }

    /// Of whom something became known that was not when they were last judged.
    private List<Watch> suspects(List<Watch> present, Map<DeviceId, Long> moved) {
        List<Watch> suspects = new ArrayList<>();
        Map<Watch, Seen> unseen = new HashMap<>();
        for (Watch watch : present) {
            watch.device().ifPresent(it -> {
                if (moved.getOrDefault(it.device().id(), 0L) > watch.version()) {
                    suspects.add(watch);
                } else if (watch.unsure()) {
                    unseen.put(watch, Watch.seen(it, watch.version()));
                }
            });
        }
        if (!unseen.isEmpty()) {
            Set<DeviceId> changed = movements.changed(List.copyOf(unseen.values()));
            unseen.forEach((watch, seen) -> {
                if (changed.contains(seen.id())) {
                    suspects.add(watch);
                }
            });
        }
        return suspects;
    }

    private sealed interface Judgment {

        record Stands(long version) implements Judgment {}

        record Ended() implements Judgment {}

        /// Could not check is not ended.
        record Unknown() implements Judgment {}
    }

    private Map<Watch, Judgment> judge(List<Watch> suspects) {
        Map<Watch, Judgment> judged = new HashMap<>();
        for (int from = 0; from < suspects.size(); from += AT_ONCE) {
            List<Watch> some = suspects.subList(from, Math.min(suspects.size(), from + AT_ONCE));
            List<Judgment> judgments = together(some);
            for (int i = 0; i < some.size(); i++) {
                judged.put(some.get(i), judgments.get(i));
            }
        }
        return judged;
    }

    private List<Judgment> together(List<Watch> some) {
        List<Callable<Judgment>> calls =
                some.stream().<Callable<Judgment>>map(it -> () -> judge(it)).toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(calls).stream()
                    .map(it -> switch (it.state()) {
                        case SUCCESS -> it.resultNow();
                        case FAILED, CANCELLED, RUNNING -> unknown(it.exceptionNow());
                    })
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return some.stream().map(it -> unknown(e)).toList();
        }
    }

    private static Judgment unknown(Throwable fault) {
        log.log(System.Logger.Level.ERROR, "Whether a device may stay could not be judged; it is judged again.", fault);
        return new Judgment.Unknown();
    }

    private Judgment judge(Watch watch) {
        return watch.device()
                .map(known -> switch (reception.identify(known.proof())) {
                    case Outcome.Enrolled it
                    when it.device().state() == known.device().state()
                            && it.device().assignment().equals(known.device().assignment()) ->
                        new Judgment.Stands(it.device().version());
                    // It comes again as what it is now, or goes where it shall.
                    case Outcome.Enrolled ignored -> new Judgment.Ended();
                    case Outcome.Refused it
                    when Problem.of(it.refusal()).category() == Problem.Category.UNAVAILABLE -> new Judgment.Unknown();
                    case Outcome.Refused ignored -> new Judgment.Ended();
                    case Outcome.Deferred ignored -> new Judgment.Unknown();
                    case Outcome.Challenged ignored -> new Judgment.Unknown();
                })
                .orElseGet(Judgment.Unknown::new);
    }
}
