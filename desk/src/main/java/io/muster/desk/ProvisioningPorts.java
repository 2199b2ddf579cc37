package io.muster.desk;

import io.muster.core.issuance.KeyMaker;
import io.muster.core.roster.Claims;
import io.muster.core.template.TemplateReader;

/// How devices with claims are let in.
///
/// @param templates reads the provisioning templates that operators upload
/// @param keys      makes keys for claims that a trusted user gets for one device
public record ProvisioningPorts(Claims claims, TemplateReader templates, KeyMaker keys) {}
