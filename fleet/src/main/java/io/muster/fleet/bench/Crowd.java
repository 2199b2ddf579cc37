package io.muster.fleet.bench;

import java.util.List;

/// Who comes to a benchmark, made before it begins.
///
/// @param warmup for the warm-up
/// @param top    for the run whose rate the plan sets
/// @param half   for the run at half of the rate that the first reached; none where it is empty
record Crowd<D>(List<D> warmup, List<D> top, List<D> half) {

    Crowd {
        warmup = List.copyOf(warmup);
        top = List.copyOf(top);
        half = List.copyOf(half);
    }

    int size() {
        return warmup.size() + top.size() + half.size();
    }
}
