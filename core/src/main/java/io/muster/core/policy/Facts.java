package io.muster.core.policy;

import io.muster.core.device.Device;
import io.muster.core.device.Json;
import io.muster.core.roster.FactTerms;
import java.util.Optional;

/// What comes of what a device says of itself, by the terms of its enrollment.
public sealed interface Facts {

    /// It is believed.
    ///
    /// @param values  as they are kept from now on; empty where nothing is known
    /// @param checked whether a schema was asked
    record Believed(Optional<Json> values, boolean checked) implements Facts {}

    /// It breaks the enrollment's schema. Nothing of a value is in here.
    ///
    /// @param place where in what would be believed, a JSON pointer; names outside of the schema are cut short
    /// @param rule  the place in the schema that it breaks, a JSON pointer
    record Misfit(String place, String rule) implements Facts {}

    /// A device that says nothing.
    Json SILENCE = new Json("{}");

    /// Values that the enrollment sets stand in the place of those that the device says, and what comes of that must
    /// fit. A known device that says nothing brings nothing to believe: what is known of it stays, unchecked.
    ///
    /// @param said  as it came
    /// @param known the device of that name
    static Facts of(FactsReader reader, FactTerms terms, Optional<Json> said, Optional<Device> known) {
        Optional<Json> before = known.flatMap(Device::payload);
        Optional<Json> spoken = said.or(() -> before);
        Optional<Json> values = terms.set().map(set -> reader.over(spoken, set)).or(() -> spoken);
        if (terms.schema().isEmpty() || (said.isEmpty() && known.isPresent())) {
            return new Believed(values, false);
        }
        return reader.misfit(terms.schema().get(), values.orElse(SILENCE))
                .<Facts>map(it -> it)
                .orElseGet(() -> new Believed(values, true));
    }
}
