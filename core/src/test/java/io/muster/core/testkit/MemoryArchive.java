package io.muster.core.testkit;

import io.muster.core.device.Device.Origin;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.flow.Archive;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Precedents;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Versions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is kept of past decisions, out of a gatehouse; a place is the number of tries before it.
public final class MemoryArchive implements Precedents, Versions {

    private final Gatehouse house;
    private final List<Enrollment> versions = new ArrayList<>();

    public MemoryArchive(Gatehouse house, Enrollment... versions) {
        this.house = house;
        this.versions.addAll(List.of(versions));
    }

    public Archive archive() {
        return new Archive(house.history, this, this);
    }

    @Override
    public Optional<Enrollment> of(Name tenant, Origin origin) {
        return versions.stream()
                .filter(it -> it.tenant().equals(tenant) && it.origin().equals(origin))
                .findFirst();
    }

    @Override
    public Optional<Enrollment> individual(Name tenant, RegistrationId device) {
        return versions.stream()
                .filter(it -> it.individual().equals(Optional.of(device)))
                .findFirst();
    }

    @Override
    public Page of(Name tenant, Name enrollment, Instant since, Optional<Place> after, int limit) {
        int from = after.map(place -> Integer.parseInt(place.text())).orElse(0);
        List<Attempt> all = house.ledger.attempts().stream()
                .filter(it -> it.origin()
                        .filter(origin -> origin.enrollment().equals(enrollment))
                        .isPresent())
                .filter(it -> !it.at().isBefore(since))
                .toList();
        int to = Math.min(all.size(), from + limit);
        return new Page(
                all.subList(from, to), to < all.size() ? Optional.of(new Place(String.valueOf(to))) : Optional.empty());
    }
}
