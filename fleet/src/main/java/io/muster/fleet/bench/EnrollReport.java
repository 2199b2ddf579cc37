package io.muster.fleet.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What `bench enroll` found.
///
/// @param machine       where
/// @param kind          how the devices proved themselves
/// @param warmupSeconds load before the first run
/// @param readySeconds  from start to ready
/// @param freshData     whether that was on a new data directory
/// @param phases        the measured runs
/// @param floor         the floor of the same run, where it was asked for
/// @param timesFloor    server CPU of the first run over that of the floor
@JsonInclude(JsonInclude.Include.NON_NULL)
record EnrollReport(
        Machine machine,
        Kind kind,
        long warmupSeconds,
        double readySeconds,
        boolean freshData,
        List<Phase> phases,
        @Nullable FloorReport floor,
        @Nullable Double timesFloor) {

    EnrollReport {
        phases = List.copyOf(phases);
    }

    /// The same, beside a floor.
    EnrollReport with(FloorReport measured) {
        double ratio = phases.getFirst().cost().total() / measured.cost().total();
        return new EnrollReport(machine, kind, warmupSeconds, readySeconds, freshData, phases, measured, ratio);
    }

    Optional<FloorReport> measuredFloor() {
        return Optional.ofNullable(floor);
    }

    /// Whether every device of every run came through, none twice.
    boolean isClean() {
        return phases.stream()
                .map(Phase::summary)
                .allMatch(summary -> summary.refused() + summary.lost() + summary.duplicates() == 0);
    }
}
