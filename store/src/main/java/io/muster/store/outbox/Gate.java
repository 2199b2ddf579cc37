package io.muster.store.outbox;

import io.muster.core.ledger.Outbox.Stretch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Lets entries of several lanes through, in the order of each lane, and none before the one that came before it for
/// the same device: that one may stand in another lane. What waits at the end is read again.
final class Gate {

    private final Map<Integer, Long> passed = new HashMap<>();
    private final Map<Integer, Deque<OutboxRow>> waiting = new TreeMap<>();
    private final List<OutboxRow> through = new ArrayList<>();
    private final Map<Integer, Stretch> stretches = new TreeMap<>();

    /// @param cursors up to where the sink was told; a lane that is not named begins at its first entry
    Gate(Map<Integer, Long> cursors) {
        passed.putAll(cursors);
    }

    /// @param rows in the order of each lane, without a gap after the lane's cursor
    void letThrough(List<OutboxRow> rows, int most) {
        rows.forEach(row ->
                waiting.computeIfAbsent(row.lane(), lane -> new ArrayDeque<>()).add(row));
        boolean moved = true;
        while (moved && through.size() < most) {
            moved = false;
            for (Deque<OutboxRow> lane : waiting.values()) {
                moved |= advance(lane, most);
            }
        }
    }

    private boolean advance(Deque<OutboxRow> lane, int most) {
        int before = through.size();
        for (OutboxRow next = lane.peek(); next != null && through.size() < most; next = lane.peek()) {
            if (!open(next)) {
                break;
            }
            pass(lane.remove());
        }
        return through.size() > before;
    }

    private boolean open(OutboxRow row) {
        return row.prevSeq() == 0
                || row.prevLane() == row.lane()
                || passed.getOrDefault(row.prevLane(), 0L) >= row.prevSeq();
    }

    private void pass(OutboxRow row) {
        long after = passed.getOrDefault(row.lane(), 0L);
        if (row.seq() != after + 1) {
            throw new IllegalStateException(
                    "lane " + row.lane() + " has no entry " + (after + 1) + " before its entry " + row.seq());
        }
        through.add(row);
        passed.put(row.lane(), row.seq());
        stretches.merge(
                row.lane(),
                new Stretch(row.lane(), after, row.seq()),
                (begun, more) -> new Stretch(begun.lane(), begun.after(), more.upTo()));
    }

    /// In the order in which a sink may be told.
    List<OutboxRow> through() {
        return through;
    }

    List<Stretch> stretches() {
        return List.copyOf(stretches.values());
    }
}
