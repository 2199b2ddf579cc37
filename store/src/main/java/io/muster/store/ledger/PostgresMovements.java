package io.muster.store.ledger;

import io.muster.core.device.DeviceId;
import io.muster.core.device.Name;
import io.muster.core.door.ClaimId;
import io.muster.core.ledger.Audit.Kind;
import io.muster.core.ledger.Movements;
import io.muster.store.audit.Kinds;
import io.muster.store.database.Bind;
import io.muster.store.database.Query;
import io.muster.store.roster.PostgresRoster;
import io.muster.store.sealing.Octets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What moves under those who stay: read by lane and sequence out of the entries, which no commit can be missing from.
public final class PostgresMovements implements Movements {

    /// Of one lane, in one look.
    private static final long MOST_ENTRIES = 10_000;

    private static final String HEADS =
            "SELECT lane, head_seq, (SELECT counter FROM roster_change WHERE one = 1) FROM lane";

    /// What may change whether a device may stay; most entries are of other kinds.
    private static final String MOVED = """
            SELECT e.kind, e.subject_id, max(e.version)
            FROM unnest(?::int[], ?::bigint[], ?::bigint[]) AS u(lane, head, upto)
            JOIN entry e ON e.lane = u.lane AND e.seq > u.head AND e.seq <= u.upto
            WHERE e.kind IN (%s)
            GROUP BY e.kind, e.subject_id""".formatted(Stream.of(
                    Kind.DEVICE_MIGRATED,
                    Kind.DEVICE_RESET,
                    Kind.DEVICE_REKEYED,
                    Kind.DEVICE_CERTIFIED,
                    Kind.CERTIFICATE_REVOKED,
                    Kind.DEVICE_QUARANTINED,
                    Kind.DEVICE_RELEASED,
                    Kind.DEVICE_DECOMMISSIONED,
                    Kind.CLAIM_REVOKED)
            .map(kind -> String.valueOf(Kinds.number(kind)))
            .collect(Collectors.joining(", ")));

    private static final String CHANGED = """
            SELECT u.device_id
            FROM unnest(?::smallint[], ?::bytea[], ?::int[]) AS u(slot, device_id, version)
            LEFT JOIN device d ON d.slot = u.slot AND d.device_id = u.device_id
            WHERE d.version IS DISTINCT FROM u.version""";

    private static final String STANDING = """
            SELECT c.claim_id, c.not_after
            FROM unnest(?::int[], ?::bytea[]) AS u(tenant, claim_id)
            JOIN claim c ON c.tenant = u.tenant AND c.claim_id = u.claim_id
            WHERE c.state = 0""";

    private record Head(int lane, long seq, long edition) {}

    private record Span(int lane, long from, long upto) {}

    private record Entry(short kind, Octets subject, long version) {}

    private record Asked(short slot, Octets id, long version) {}

    private final Query query;
    private final PostgresRoster roster;
    private final Ids ids;

    PostgresMovements(Query query, PostgresRoster roster, Ids ids) {
        this.query = query;
        this.roster = roster;
        this.ids = ids;
    }

    @Override
    public Mark now() {
        List<Head> heads = heads();
        return new Mark(edition(heads), heads.stream().collect(Collectors.toMap(Head::lane, Head::seq)));
    }

    private List<Head> heads() {
        return query.all(HEADS, s -> {}, row -> new Head(row.getInt(1), row.getLong(2), row.getLong(3)));
    }

    private static long edition(List<Head> heads) {
        return heads.stream().mapToLong(Head::edition).max().orElse(0);
    }

    /// A lane that was not there yet has everything still to be read.
    @Override
    public Moved since(Mark mark) {
        List<Head> heads = heads();
        List<Span> spans = new ArrayList<>();
        Map<Integer, Long> reached = new HashMap<>(mark.heads());
        boolean more = false;
        for (Head head : heads) {
            long from = mark.heads().getOrDefault(head.lane(), 0L);
            long upto = Math.min(head.seq(), from + MOST_ENTRIES);
            more |= upto < head.seq();
            if (upto > from) {
                spans.add(new Span(head.lane(), from, upto));
                reached.put(head.lane(), upto);
            }
        }
        return moved(new Mark(edition(heads), reached), spans.isEmpty() ? List.of() : entries(spans), more);
    }

    private List<Entry> entries(List<Span> spans) {
        return query.all(
                MOVED,
                s -> Bind.of(s, spans).ints(Span::lane).longs(Span::from).longs(Span::upto),
                row -> new Entry(row.getShort(1), Octets.of(row.getBytes(2)), row.getLong(3)));
    }

    private static Moved moved(Mark mark, List<Entry> entries, boolean more) {
        Map<DeviceId, Long> devices = new HashMap<>();
        boolean claims = false;
        for (Entry entry : entries) {
            if (Kinds.aboutDevice(entry.kind())) {
                devices.merge(new DeviceId(Ids.uuid(entry.subject())), entry.version(), Math::max);
            } else {
                claims = true;
            }
        }
        return new Moved(mark, devices, claims, more);
    }

    @Override
    public Set<DeviceId> changed(List<Seen> devices) {
        List<Asked> asked = devices.stream()
                .flatMap(seen -> roster.number(seen.tenant()).stream().map(tenant -> asked(tenant, seen)))
                .toList();
        return new HashSet<>(query.all(
                CHANGED,
                s -> Bind.of(s, asked).shorts(Asked::slot).octets(Asked::id).ints(it -> Math.toIntExact(it.version())),
                row -> new DeviceId(uuid(row))));
    }

    private Asked asked(int tenant, Seen seen) {
        return new Asked(ids.name(tenant, seen.registrationId()).slot(), Ids.octets(seen.id()), seen.version());
    }

    @Override
    public Set<Guest> shut(long edition, Set<Guest> guests) {
        roster.notice(edition);
        return roster.shut(guests);
    }

    @Override
    public Map<ClaimId, Instant> standing(Name tenant, Collection<ClaimId> claims) {
        List<ClaimId> asked = List.copyOf(claims);
        Map<ClaimId, Instant> standing = new HashMap<>();
        roster.number(tenant).ifPresent(number -> query.all(
                        STANDING,
                        s -> Bind.of(s, asked).ints(it -> number).octets(it -> Ids.octets(it.value())),
                        row -> Map.entry(new ClaimId(uuid(row)), Instant.ofEpochMilli(row.getLong(2))))
                .forEach(it -> standing.put(it.getKey(), it.getValue())));
        return standing;
    }

    private static UUID uuid(ResultSet row) throws SQLException {
        return Ids.uuid(Octets.of(row.getBytes(1)));
    }
}
