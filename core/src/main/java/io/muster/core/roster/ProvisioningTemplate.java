package io.muster.core.roster;

import io.muster.core.device.Json;
import io.muster.core.template.Template;

/// A provisioning template as it was uploaded: it was read once, so that it can be read again.
///
/// @param kind   what it is applied to
/// @param source the template
public record ProvisioningTemplate(Template.Kind kind, Json source) {}
