package io.muster.store.roster;

import io.muster.core.device.RegistrationId;
import io.muster.core.ledger.Movements.Guest;
import io.muster.core.roster.Enrollment;
import io.muster.store.database.Bind;
import io.muster.store.database.Query;
import io.muster.store.roster.Edition.Holding;
import io.muster.store.sealing.BlindIndex;
import io.muster.store.sealing.BlindIndex.Kind;
import io.muster.store.sealing.Indexed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Whom enrollments let in, of many at once: groups by the edition at hand, individuals by one statement for all.
final class Openings {

    private static final String INDIVIDUALS = """
            SELECT u.place, g.enabled, g.enrollment
            FROM unnest(?::int[], ?::smallint[], ?::int[], ?::bytea[]) AS u(place, slot, tenant, name_bi)
            JOIN roster r ON r.slot = u.slot AND r.tenant = u.tenant AND r.name_bi = u.name_bi
            JOIN gate g ON g.tenant = r.tenant AND g.enrollment = r.enrollment""";

    private record Asked(int place, int tenant, Indexed name) {}

    private record Individual(int place, boolean enabled, String gate) {}

    private final Query query;
    private final BlindIndex index;
    private final Gates gates;

    Openings(Query query, BlindIndex index, Gates gates) {
        this.query = query;
        this.index = index;
        this.gates = gates;
    }

    Set<Guest> shut(Edition edition, Set<Guest> guests) {
        Map<Guest, Individual> individuals = individuals(edition, guests);
        Set<Guest> shut = new HashSet<>();
        for (Guest guest : guests) {
            boolean open = edition.holding(guest.tenant())
                    .filter(it -> it.tenant().enabled())
                    .filter(it -> open(it, guest, individuals))
                    .isPresent();
            if (!open) {
                shut.add(guest);
            }
        }
        return shut;
    }

    /// As the roster recognizes callers: the individual enrollment alone where there is one.
    private boolean open(Holding holding, Guest guest, Map<Guest, Individual> individuals) {
        Individual individual = individuals.get(guest);
        return individual == null
                ? holding.group(guest.enrollment()).filter(Enrollment::enabled).isPresent()
                : individual.enabled()
                        && individual.gate().equals(gates.individual(holding.number(), guest.enrollment()));
    }

    private Map<Guest, Individual> individuals(Edition edition, Set<Guest> guests) {
        List<Guest> named = new ArrayList<>();
        List<Asked> asked = new ArrayList<>();
        for (Guest guest : guests) {
            edition.holding(guest.tenant()).filter(Holding::individuals).ifPresent(holding -> guest.device()
                    .ifPresent(device -> {
                        asked.add(new Asked(named.size(), holding.number(), name(holding, device)));
                        named.add(guest);
                    }));
        }
        Map<Guest, Individual> found = new HashMap<>();
        if (!asked.isEmpty()) {
            query.all(
                            INDIVIDUALS,
                            s -> Bind.of(s, asked)
                                    .ints(Asked::place)
                                    .shorts(it -> it.name().slot())
                                    .ints(Asked::tenant)
                                    .octets(it -> it.name().bi()),
                            row -> new Individual(row.getInt(1), row.getBoolean(2), row.getString(3)))
                    .forEach(it -> found.put(named.get(it.place()), it));
        }
        return found;
    }

    private Indexed name(Holding holding, RegistrationId device) {
        return index.index(holding.number(), Kind.NAME, device.canonical().getBytes(StandardCharsets.UTF_8));
    }
}
