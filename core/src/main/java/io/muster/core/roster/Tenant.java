package io.muster.core.roster;

import io.muster.core.device.Name;

/// A customer of the installation. Tenants never meet. Its name is its ID scope.
public record Tenant(Name name, boolean enabled) {}
