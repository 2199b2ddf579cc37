package io.muster.desk.testkit;

import io.muster.core.access.Warrant;
import io.muster.core.device.Name;
import io.muster.core.ledger.Audit;
import io.muster.core.ledger.Devices;
import java.util.List;
import java.util.Optional;

/// An audit with one entry of tenant acme.
public final class MemoryAudit implements Audit {

    private static final Entry ENTRY = new Entry(
            new Place(1, 7),
            Samples.NOW,
            Optional.of(new Name("acme")),
            Kind.HUB_CHANGED,
            "key:ann",
            "hub:eu-1",
            "weight 0",
            "ab".repeat(32),
            "cd".repeat(32),
            "request-1",
            "192.0.2.7",
            "ef".repeat(32));

    @Override
    public Page list(Optional<Name> tenant, Filter filter, Optional<String> cursor, int limit, Warrant warrant) {
        if (cursor.isPresent()) {
            throw new Devices.CursorMalformed();
        }
        boolean wanted = filter.kind().map(ENTRY.kind()::equals).orElse(true)
                && filter.actor().map(ENTRY.actor()::equals).orElse(true)
                && filter.since().map(since -> !ENTRY.at().isBefore(since)).orElse(true);
        return new Page(wanted ? List.of(ENTRY) : List.of(), Optional.empty());
    }

    /// Two parts, the second of which finds something.
    @Override
    public Verified verify(Optional<String> from, int most) {
        List<Head> heads = List.of(new Head(ENTRY.place(), ENTRY.leaf()));
        return from.isEmpty()
                ? new Verified(7, heads, Optional.empty(), Optional.of("2"))
                : new Verified(
                        1,
                        List.of(),
                        Optional.of(new Broken(new Place(2, 2), "An entry is missing.")),
                        Optional.empty());
    }
}
