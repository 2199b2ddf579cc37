package io.muster.core.roster;

import io.muster.core.device.Json;
import io.muster.core.device.PolicyName;
import io.muster.core.template.Template;
import java.util.Set;

/// A provisioning template as it was uploaded: it was read once, so that it can be read again.
///
/// @param kind     what it is applied to
/// @param source   the template
/// @param policies those that it names without regard to any device
public record ProvisioningTemplate(Template.Kind kind, Json source, Set<PolicyName> policies) {

    public ProvisioningTemplate {
        policies = Set.copyOf(policies);
    }

    public static ProvisioningTemplate of(Template template) {
        return new ProvisioningTemplate(
                template.kind(), template.source(), template.namedPolicies().keySet());
    }
}
