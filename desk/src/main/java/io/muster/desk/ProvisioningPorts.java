package io.muster.desk;

import io.muster.core.flow.PoliciesInUse;
import io.muster.core.issuance.KeyMaker;
import io.muster.core.permission.PolicyReader;
import io.muster.core.policy.FactsReader;
import io.muster.core.roster.Claims;
import io.muster.core.roster.NamedPolicies;
import io.muster.core.template.TemplateReader;

/// How devices with claims are let in.
///
/// @param templates reads the provisioning templates that operators upload
/// @param keys      makes keys for claims that a trusted user gets for one device
/// @param policies  reads policies of AWS IoT
/// @param named     keeps them by name
/// @param inUse     knows what they say of devices
/// @param facts     reads what devices say of themselves, and the schemas for it
public record ProvisioningPorts(
        Claims claims,
        TemplateReader templates,
        KeyMaker keys,
        PolicyReader policies,
        NamedPolicies named,
        PoliciesInUse inUse,
        FactsReader facts) {}
