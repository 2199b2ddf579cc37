package io.muster.core.flow;

import io.muster.core.device.Device;
import io.muster.core.device.DeviceId;
import io.muster.core.door.Admitted;
import io.muster.core.door.Parting;
import io.muster.core.door.Stay;
import io.muster.core.ledger.LedgerUnavailable;
import io.muster.core.ledger.Presence;
import io.muster.core.ledger.Presences;
import io.muster.core.ledger.Presences.Noted;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which devices are connected to this node. Nothing of it is written where a device waits: what changed is kept for
/// many devices together, the newest of each, so that a storm of devices that come and go is a few transactions.
public final class Attendance {

    /// Devices in one transaction.
    static final int BATCH = 1_000;

    /// Devices that may wait to be kept while the ledger is away; of more, nothing is kept until they connect again.
    static final int MOST_WAITING = 200_000;

    /// A sign that this node is alive, where nothing else is to be kept.
    static final Duration SIGN = Duration.ofSeconds(15);

    /// How often it is kept that a device which stays was heard.
    static final Duration SEEN = Duration.ofMinutes(5);

    private final Presences presences;
    private final InstantSource clock;
    private final Map<DeviceId, Attendant> present = new HashMap<>();
    private final Set<String> doors = new TreeSet<>();
    private final Map<DeviceId, Noted> waiting = new LinkedHashMap<>();
    private Instant signed = Instant.MIN;
    private Instant looked = Instant.MIN;

    public Attendance(Presences presences, InstantSource clock) {
        this.presences = presences;
        this.clock = clock;
    }

    /// A device on this node: its newest connection, and how many there are.
    private static final class Attendant {

        private final Device device;
        private String door = "";
        private String source = "";
        private Instant since = Instant.MIN;
        private Instant kept = Instant.MIN;
        private volatile Instant heard = Instant.MIN;
        private int connections;

        Attendant(Device device) {
            this.device = device;
        }

        Noted connected(boolean arrival) {
            return noted(new Presence(door, SourceNetwork.words(source), since, heard, Optional.empty()), arrival);
        }

        Noted gone(Parting parting, Instant at) {
            return noted(new Presence(door, SourceNetwork.words(source), at, heard, Optional.of(parting)), false);
        }

        private Noted noted(Presence presence, boolean arrival) {
            return new Noted(device.tenant(), device.registrationId(), device.id(), presence, arrival);
        }
    }

    /// A device connected.
    synchronized Stay come(Admitted.Known known) {
        Attendant attendant = present.computeIfAbsent(known.device().id(), _ -> new Attendant(known.device()));
        Instant now = clock.instant();
        attendant.connections++;
        attendant.door = known.proof().door();
        doors.add(attendant.door);
        attendant.source = known.proof().source();
        attendant.since = now;
        attendant.heard = now;
        attendant.kept = now;
        note(attendant.connected(true));
        return new Stay() {
            private boolean over;

            @Override
            public void heard() {
                attendant.heard = clock.instant();
            }

            @Override
            public void leave(Parting parting) {
                synchronized (Attendance.this) {
                    if (!over) {
                        over = true;
                        gone(attendant, parting);
                    }
                }
            }
        };
    }

    private void gone(Attendant attendant, Parting parting) {
        attendant.connections--;
        if (attendant.connections == 0) {
            present.remove(attendant.device.id());
            note(attendant.gone(parting, clock.instant()));
        }
    }

    private void note(Noted noted) {
        if (waiting.size() < MOST_WAITING || waiting.containsKey(noted.id())) {
            waiting.merge(noted.id(), noted, (older, newer) -> newer.after(older));
        }
    }

    /// How many devices are connected to this node, by the protocol of their newest connection; a protocol by which
    /// some were stays named.
    public synchronized Map<String, Integer> byDoor() {
        Map<String, Integer> counts = new TreeMap<>();
        doors.forEach(door -> counts.put(door, 0));
        present.values().forEach(it -> counts.merge(it.door, 1, Integer::sum));
        return counts;
    }

    /// Keeps some of what changed; true when there is more. By one thread at a time. Where the ledger is away, it is
    /// kept later.
    public boolean keep() {
        List<Noted> batch = batch();
        if (batch.isEmpty() && !signDue()) {
            return false;
        }
        try {
            presences.keep(batch);
        } catch (LedgerUnavailable e) {
            giveBack(batch);
            throw e;
        }
        return signedAndMore();
    }

    private synchronized List<Noted> batch() {
        noteHeard();
        List<Noted> batch = new ArrayList<>();
        Iterator<Noted> each = waiting.values().iterator();
        while (each.hasNext() && batch.size() < BATCH) {
            batch.add(each.next());
            each.remove();
        }
        return batch;
    }

    private void noteHeard() {
        Instant now = clock.instant();
        if (looked.isAfter(now.minus(SIGN))) {
            return;
        }
        looked = now;
        for (Attendant attendant : present.values()) {
            if (attendant.heard.isAfter(attendant.kept.plus(SEEN))) {
                attendant.kept = attendant.heard;
                note(attendant.connected(false));
            }
        }
    }

    private synchronized boolean signDue() {
        return !present.isEmpty() && !signed.isAfter(clock.instant().minus(SIGN));
    }

    private synchronized boolean signedAndMore() {
        signed = clock.instant();
        return !waiting.isEmpty();
    }

    /// What was noted meanwhile is newer.
    private synchronized void giveBack(List<Noted> batch) {
        batch.forEach(older -> waiting.merge(older.id(), older, (newer, it) -> newer.after(it)));
    }
}
