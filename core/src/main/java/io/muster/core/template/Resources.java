package io.muster.core.template;

import java.util.List;
import java.util.Optional;

/// The section `Resources`: one thing, its certificate, any number of policies.
///
/// @param certificateStatus active when the template does not say
public record Resources(
        ThingResource thing, Optional<Property> certificateStatus, List<PolicyResource> policies, Overrides overrides) {

    public Resources {
        policies = List.copyOf(policies);
    }
}
