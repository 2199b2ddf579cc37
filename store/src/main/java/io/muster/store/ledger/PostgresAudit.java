package io.muster.store.ledger;

import io.muster.core.access.Warrant;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.ledger.Audit;
import io.muster.core.ledger.Devices.CursorMalformed;
import io.muster.store.audit.Kinds;
import io.muster.store.database.Query;
import io.muster.store.ledger.AuditEntries.Stored;
import io.muster.store.roster.PostgresRoster;
import io.muster.store.sealing.Octets;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The audit as operators read it: windows of entries in the order of the lanes, and of each what the filter leaves.
public final class PostgresAudit implements Audit {

    private static final int WINDOW = 10_000;
    private static final int MOST_WINDOWS = 20;
    private static final Place START = new Place(Integer.MIN_VALUE, 0);

    private static final String LEFT = """

            LEFT JOIN device_key k ON k.slot = e.slot AND k.device_id = e.subject_id
            WHERE (?::int IS NULL OR e.tenant = ?) AND (?::text IS NULL OR e.actor = ?)
              AND (?::smallint IS NULL OR e.kind = ?) AND (?::bigint IS NULL OR e.at >= ?)
              AND (?::bigint IS NULL OR e.at < ?)
            ORDER BY e.lane, e.seq LIMIT ?""";

    private static final String OF_ALL = "SELECT " + AuditEntries.COLUMNS + """

            FROM (SELECT * FROM entry WHERE (lane, seq) > (?, ?) ORDER BY lane, seq LIMIT ?) e""" + LEFT;

    private static final String OF_SUBJECT = "SELECT " + AuditEntries.COLUMNS + """

            FROM (SELECT * FROM entry WHERE (lane, seq) > (?, ?) AND slot = ? AND subject_id = ?) e""" + LEFT;

    private static final String WINDOW_END = """
            SELECT lane, seq FROM entry WHERE (lane, seq) > (?, ?) ORDER BY lane, seq OFFSET ? LIMIT 1""";

    /// Where the entries of a subject stand.
    private record Subject(short slot, Octets id) {}

    /// @param tenant its number; null: of the whole installation
    private record Search(@Nullable Integer tenant, Filter filter, int limit) {}

    private final Query query;
    private final PostgresRoster roster;
    private final Rooms rooms;
    private final AuditEntries entries;
    private final Chains chains;
    private final AuditReadings readings;

    PostgresAudit(
            Query query,
            PostgresRoster roster,
            Rooms rooms,
            AuditEntries entries,
            Chains chains,
            AuditReadings readings) {
        this.query = query;
        this.roster = roster;
        this.rooms = rooms;
        this.entries = entries;
        this.chains = chains;
        this.readings = readings;
    }

    @Override
    public Page list(Optional<Name> tenant, Filter filter, Optional<String> cursor, int limit, Warrant warrant) {
        Place from = cursor.map(PostgresAudit::parse).orElse(START);
        Optional<Integer> number = tenant.flatMap(roster::number);
        if (tenant.isPresent() && number.isEmpty()) {
            return new Page(List.of(), Optional.empty());
        }
        readings.note(tenant, filter, warrant);
        Search search = new Search(number.orElse(null), filter, limit);
        if (filter.subject().isEmpty()) {
            return ofAll(search, from);
        }
        return subject(tenant, filter.subject().get())
                .map(subject -> ofSubject(search, subject, from))
                .orElseGet(() -> new Page(List.of(), Optional.empty()));
    }

    @Override
    public Verified verify(Optional<String> from, int most) {
        return chains.verify(from, most);
    }

    private Page ofAll(Search search, Place from) {
        Place place = from;
        for (int windows = 1; ; windows++) {
            Place begin = place;
            List<Stored> found = query.all(
                    OF_ALL,
                    s -> {
                        s.setInt(1, begin.lane());
                        s.setLong(2, begin.seq());
                        s.setInt(3, WINDOW);
                        bind(s, 4, search);
                    },
                    AuditEntries::read);
            if (found.size() > search.limit()) {
                return page(found, search.limit());
            }
            Optional<Place> end = windowEnd(begin);
            if (end.isEmpty() || !found.isEmpty() || windows == MOST_WINDOWS) {
                return new Page(opened(found), end.map(PostgresAudit::text));
            }
            place = end.get();
        }
    }

    private Optional<Place> windowEnd(Place begin) {
        return query.one(
                WINDOW_END,
                s -> {
                    s.setInt(1, begin.lane());
                    s.setLong(2, begin.seq());
                    s.setInt(3, WINDOW - 1);
                },
                row -> new Place(row.getInt(1), row.getLong(2)));
    }

    private Page ofSubject(Search search, Subject subject, Place from) {
        return page(
                query.all(
                        OF_SUBJECT,
                        s -> {
                            s.setInt(1, from.lane());
                            s.setLong(2, from.seq());
                            s.setShort(3, subject.slot());
                            s.setBytes(4, subject.id().raw());
                            bind(s, 5, search);
                        },
                        AuditEntries::read),
                search.limit());
    }

    private Page page(List<Stored> found, int limit) {
        List<Stored> items = found.subList(0, Math.min(limit, found.size()));
        Optional<String> next =
                found.size() > limit ? Optional.of(text(items.getLast().place())) : Optional.empty();
        return new Page(opened(items), next);
    }

    private List<Entry> opened(List<Stored> items) {
        List<Entry> opened = new ArrayList<>(items.size());
        items.forEach(it -> entries.open(it).ifPresent(opened::add));
        return opened;
    }

    /// A device is called by a name of its own, a token by its number; whatever else there is, as its entries call it.
    private Optional<Subject> subject(Optional<Name> tenant, String text) {
        int number = tenant.flatMap(roster::number).orElse(0);
        if (text.startsWith("device:")) {
            return RegistrationId.parse(text.substring("device:".length()))
                    .flatMap(name -> tenant.flatMap(it -> rooms.look().named(number, it, name)))
                    .map(device -> new Subject(
                            rooms.ids().name(number, device.registrationId()).slot(), Ids.octets(device.id())));
        }
        if (text.startsWith("token:")) {
            return Ids.parse(text.substring("token:".length())).map(id -> new Subject(id.slot(), id));
        }
        var place = rooms.ids().object(number, text);
        return Optional.of(new Subject(place.slot(), place.id()));
    }

    private static void bind(PreparedStatement statement, int first, Search search) throws SQLException {
        Filter filter = search.filter();
        bindTwice(statement, first, search.tenant(), Types.INTEGER);
        bindTwice(statement, first + 2, filter.actor().orElse(null), Types.VARCHAR);
        bindTwice(statement, first + 4, filter.kind().map(Kinds::number).orElse(null), Types.SMALLINT);
        bindTwice(
                statement,
                first + 6,
                filter.since().map(it -> it.toEpochMilli()).orElse(null),
                Types.BIGINT);
        bindTwice(
                statement,
                first + 8,
                filter.until().map(it -> it.toEpochMilli()).orElse(null),
                Types.BIGINT);
        statement.setInt(first + 10, search.limit() + 1);
    }

    private static void bindTwice(PreparedStatement statement, int position, @Nullable Object value, int type)
            throws SQLException {
        statement.setObject(position, value, type);
        statement.setObject(position + 1, value, type);
    }

    private static String text(Place place) {
        byte[] bytes = ByteBuffer.allocate(12)
                .putInt(place.lane())
                .putLong(place.seq())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Place parse(String cursor) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            if (bytes.length != 12) {
                throw new CursorMalformed();
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return new Place(buffer.getInt(), buffer.getLong());
        } catch (IllegalArgumentException e) {
            throw new CursorMalformed();
        }
    }
}
