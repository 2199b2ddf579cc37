package io.muster.core.testkit;

import io.muster.core.device.Device;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Contest;
import io.muster.core.ledger.Contest.Place;
import io.muster.core.ledger.Contests;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Events in memory, of the devices and tries of a ledger in memory.
public final class MemoryContests implements Contests {

    private final MemoryLedger ledger;
    private final List<Contest> raised = new ArrayList<>();
    private Runnable interference = () -> {};

    MemoryContests(MemoryLedger ledger) {
        this.ledger = ledger;
    }

    /// Happens just before the next event is raised.
    public void interfere(Runnable deed) {
        interference = deed;
    }

    public List<Contest> raised() {
        return List.copyOf(raised);
    }

    @Override
    public Optional<Place> lastPlace(Device device, Instant since) {
        return ledger.attempts().stream()
                .filter(it -> it.registrationId().equals(device.registrationId()))
                .filter(it -> it.result() == Attempt.Result.ACCEPTED && !it.at().isBefore(since))
                .map(it -> new Place(it.registrationId(), it.source(), it.door(), it.at()))
                .findFirst();
    }

    @Override
    public Raised raise(Contest contest, Instant since) {
        ledger.checkReachable();
        interference.run();
        interference = () -> {};
        Device device = contest.device();
        if (raised.stream()
                .anyMatch(it -> it.device().id().equals(device.id()) && !it.at().isBefore(since))) {
            return new Raised.Already();
        }
        if (!ledger.devices().contains(device)) {
            return new Raised.Moved("the device changed");
        }
        Device next = device.next();
        ledger.put(next);
        contest.told().ifPresent(ledger::keep);
        raised.add(contest);
        return new Raised.Written(next);
    }
}
