package io.muster.core.door;

import io.muster.core.connectivity.Advised;
import io.muster.core.device.Thing;
import java.util.Optional;

/// What a provisioning template makes of a device.
///
/// @param type  its thing type; empty: the enrollment's
/// @param known what becomes of a device that is there already
/// @param flaw  why no device can come of it, though it has a name: whoever proves to be it is told
/// @param advised what the template's hook says of it
public record Templated(
        Thing thing, Optional<String> type, Merge known, Optional<Refusal> flaw, Optional<Advised> advised) {

    /// One of a template without a hook.
    public Templated(Thing thing, Optional<String> type, Merge known, Optional<Refusal> flaw) {
        this(thing, type, known, flaw, Optional.empty());
    }

    /// The same with what the hook says.
    public Templated advised(Advised by) {
        return new Templated(thing, type, known, flaw, Optional.of(by));
    }

    /// What becomes of a device that is there already (AWS: OverrideSettings).
    @FunctionalInterface
    public interface Merge {

        /// The thing as it shall be; empty where the template refuses to meet one.
        Optional<Thing> of(Thing present, Thing fresh);
    }
}
