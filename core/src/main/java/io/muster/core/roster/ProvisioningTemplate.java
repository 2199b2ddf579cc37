package io.muster.core.roster;

import io.muster.core.connectivity.HookUrl;
import io.muster.core.device.Json;
import io.muster.core.device.PolicyName;
import io.muster.core.template.Template;
import java.util.Optional;
import java.util.Set;

/// A provisioning template as it was uploaded: it was read once, so that it can be read again.
///
/// @param kind     what it is applied to
/// @param source   the template
/// @param policies those that it names without regard to any device
/// @param hook     who is asked before a device is made (AWS: pre-provisioning hook)
public record ProvisioningTemplate(Template.Kind kind, Json source, Set<PolicyName> policies, Optional<HookUrl> hook) {

    /// One that asks nobody.
    public ProvisioningTemplate(Template.Kind kind, Json source, Set<PolicyName> policies) {
        this(kind, source, policies, Optional.empty());
    }

    public ProvisioningTemplate {
        policies = Set.copyOf(policies);
    }

    /// The same with another hook.
    public ProvisioningTemplate asking(Optional<HookUrl> whom) {
        return new ProvisioningTemplate(kind, source, policies, whom);
    }

    public static ProvisioningTemplate of(Template template) {
        return new ProvisioningTemplate(
                template.kind(), template.source(), template.namedPolicies().keySet());
    }
}
