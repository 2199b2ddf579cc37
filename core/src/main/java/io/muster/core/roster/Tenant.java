package io.muster.core.roster;

import io.muster.core.device.Name;

/// A customer of the installation. Tenants never meet. Its name is its ID scope.
///
/// @param auditReads      whether reading its audit is an entry of the audit
/// @param verifiedAnchors whether its enrollments may come to trust verified anchors alone
public record Tenant(Name name, boolean enabled, boolean auditReads, boolean verifiedAnchors) {

    public Tenant(Name name, boolean enabled) {
        this(name, enabled, false, false);
    }
}
