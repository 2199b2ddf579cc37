package io.muster.fleet.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What `bench enroll` found.
///
/// @param machine       where
/// @param door          where they came
/// @param kind          how the devices proved themselves
/// @param warmupSeconds load before the first run
/// @param readySeconds  from start to ready
/// @param freshData     whether that was on a new data directory
/// @param phases        the measured runs
/// @param floor         the floor of the same run, where it was asked for
/// @param timesFloor    server CPU of the first run over that of the floor
/// @param renewalTimesFloor the same for renewed certificates, where there were any
@JsonInclude(JsonInclude.Include.NON_NULL)
record EnrollReport(
        Machine machine,
        Door door,
        Kind kind,
        long warmupSeconds,
        double readySeconds,
        boolean freshData,
        List<Phase> phases,
        @Nullable FloorReport floor,
        @Nullable Double timesFloor,
        @Nullable Double renewalTimesFloor) {

    EnrollReport {
        phases = List.copyOf(phases);
    }

    /// The same, beside a floor.
    EnrollReport with(FloorReport measured) {
        double floorCost = measured.cost().total();
        double ratio = phases.getFirst().cost().total() / floorCost;
        Double renewalRatio = phases.stream()
                .filter(phase -> phase.deed() == Deed.EST_RENEW)
                .map(phase -> phase.cost().total() / floorCost)
                .findFirst()
                .orElse(null);
        return new EnrollReport(
                machine, door, kind, warmupSeconds, readySeconds, freshData, phases, measured, ratio, renewalRatio);
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
