package io.muster.core.roster;

import io.muster.core.device.Json;
import java.util.Optional;

/// What an enrollment makes of what its devices say of themselves.
///
/// @param schema what they must look like (JSON Schema 2020-12), an object; without one nothing is checked
/// @param set    values that count whatever a device says, an object
public record FactTerms(Optional<Json> schema, Optional<Json> set) {

    /// Longest schema, in bytes of UTF-8.
    public static final int MAX_SCHEMA_BYTES = 64 * 1024;

    /// What a device says is believed as it is said.
    public static final FactTerms NONE = new FactTerms(Optional.empty(), Optional.empty());
}
