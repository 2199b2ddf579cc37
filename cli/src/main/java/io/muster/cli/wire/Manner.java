package io.muster.cli.wire;

import java.util.Optional;

/// How a change is asked for.
///
/// @param dryRun    everything is checked, nothing is written
/// @param ifVersion the version that the caller has seen: another one is left as it is
public record Manner(boolean dryRun, Optional<Integer> ifVersion) {

    public static final Manner USUAL = new Manner(false, Optional.empty());
}
