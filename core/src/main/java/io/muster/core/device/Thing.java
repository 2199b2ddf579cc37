package io.muster.core.device;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a provisioning template made of a device besides its name and type (AWS: thing).
///
/// @param attributes   names and values
/// @param groups       names of thing groups
/// @param billingGroup name of the billing group
/// @param policies     what the device may do on a connection
public record Thing(
        Map<String, String> attributes,
        List<String> groups,
        Optional<String> billingGroup,
        List<ThingPolicy> policies) {

    public Thing {
        attributes = Map.copyOf(attributes);
        groups = List.copyOf(groups);
        policies = List.copyOf(policies);
    }
}
