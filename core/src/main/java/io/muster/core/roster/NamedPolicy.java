package io.muster.core.roster;

import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.device.PolicyName;

/// A policy of AWS IoT that a tenant keeps under a name, and that templates attach by it.
///
/// @param version  from 1; each change makes the next one, which replaces it
/// @param document the policy document; it was read once, so that it can be read again
public record NamedPolicy(Name tenant, PolicyName name, int version, Json document) {

    /// Most of a tenant.
    public static final int MAX = 500;

    /// The next version, with another document.
    public NamedPolicy next(Json other) {
        return new NamedPolicy(tenant, name, version + 1, other);
    }
}
