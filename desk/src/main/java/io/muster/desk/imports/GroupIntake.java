package io.muster.desk.imports;

import io.muster.core.access.Warrant;
import io.muster.core.connectivity.Allocation;
import io.muster.core.device.Name;
import io.muster.core.roster.Addition;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Registered;
import io.muster.core.roster.Registrar;
import java.util.List;
import java.util.Optional;

/// Takes in the few groups that a file may hold, one by one, with the answers that individuals get.
final class GroupIntake {

    private final Registrar registrar;

    GroupIntake(Registrar registrar) {
        this.registrar = registrar;
    }

    /// What would come of it.
    Addition check(Enrollment group) {
        return there(group).orElseGet(() -> missing(group).orElseGet(Addition.Added::new));
    }

    Addition create(Enrollment group, Warrant warrant) {
        Optional<Addition> there = there(group);
        return there.isPresent()
                ? there.get()
                : switch (registrar.create(group, warrant)) {
                    case Registered.Done<Enrollment> _ -> new Addition.Added();
                    case Registered.Exists<Enrollment>(String what) -> new Addition.Taken(what);
                    case Registered.Missing<Enrollment>(String what) -> new Addition.Missing(what);
                    case Registered.Stale<Enrollment>(String what) -> new Addition.Taken(what);
                    case Registered.Full<Enrollment>(String what, int limit) ->
                        new Addition.Taken("no room: " + limit + " " + what);
                    case Registered.Needed<Enrollment>(String what, String by) ->
                        new Addition.Taken(what + ", which " + by + " needs");
                };
    }

    private Optional<Addition> there(Enrollment group) {
        return registrar
                .enrollment(group.tenant(), group.name())
                .map(present -> says(present, group)
                        ? new Addition.Same()
                        : new Addition.Taken("enrollment " + group.name() + " with other content"));
    }

    private static boolean says(Enrollment present, Enrollment group) {
        return present.individual().isEmpty()
                && present.proof().equals(group.proof())
                && present.treatment().equals(group.treatment())
                && present.enabled() == group.enabled();
    }

    private Optional<Addition> missing(Enrollment group) {
        List<Name> named =
                switch (group.treatment().allocation()) {
                    case Allocation.Hashed hashed -> hashed.hubs();
                    case Allocation.Static fixed -> List.of(fixed.hub());
                    case Allocation.Custom custom -> custom.hubs();
                };
        List<Name> hubs =
                registrar.hubs(group.tenant()).stream().map(hub -> hub.name()).toList();
        Optional<Name> absent =
                named.stream().filter(hub -> !hubs.contains(hub)).findFirst();
        if (absent.isPresent()) {
            return Optional.of(new Addition.Missing("hub " + absent.get()));
        }
        Name profile = group.treatment().certificates().profile();
        return registrar.profiles(group.tenant()).stream()
                        .anyMatch(it -> it.name().equals(profile))
                ? Optional.empty()
                : Optional.of(new Addition.Missing("certificate profile " + profile));
    }
}
