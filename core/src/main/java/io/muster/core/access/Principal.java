package io.muster.core.access;

import io.muster.core.device.Name;

/// Somebody who proved at the desk who they are: a person, a script, a service.
///
/// @param id   stands in the audit: `bootstrap`, or the kind and the number of what it proved itself with
/// @param name what people call it
public record Principal(String id, String name, Role role, Scope scope) {

    /// Whoever holds the token of the data directory: it made the first key.
    public static final Principal BOOTSTRAP =
            new Principal("bootstrap", "bootstrap token", Role.OWNER, Scope.INSTALLATION);

    /// Whether it may give this to somebody else: nobody gives more than they have.
    public boolean mayGrant(Role other, Scope reach) {
        return role.covers(other) && scope.covers(reach);
    }

    /// Whether it may do this in the whole installation.
    public boolean may(Action action) {
        return role.allows(action) && scope.coversInstallation();
    }

    /// Whether it may do this in a tenant as a whole.
    public boolean mayInAllOf(Name tenant, Action action) {
        return role.allows(action) && scope.coversAllOf(tenant);
    }

    /// Whether it may do this in a tenant; its enrollments and regions are still to be looked at.
    public boolean may(Action action, Name tenant) {
        return role.allows(action) && scope.coversTenant(tenant);
    }
}
