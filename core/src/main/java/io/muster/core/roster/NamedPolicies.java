package io.muster.core.roster;

import io.muster.core.access.Warrant;
import io.muster.core.device.Name;
import java.util.List;

/// Policies of AWS IoT that tenants keep by name, for operators; devices meet them by [Roster#policies]. Each change is
/// audited with its warrant in the same transaction. What is returned is durable. Called by any number of threads.
///
/// A device holds the name, never the document: a change counts for every device that has the policy attached, from
/// its next connection.
public interface NamedPolicies {

    /// [Registered.Exists] where the tenant has one of that name; [Registered.Full] beyond [NamedPolicy#MAX].
    Registered<NamedPolicy> create(NamedPolicy first, Warrant warrant);

    /// Puts the next version in the place of the present one. `changed.version()` must be the present version plus one,
    /// else [Registered.Stale].
    Registered<NamedPolicy> change(NamedPolicy changed, Warrant warrant);

    /// [Registered.Needed] while the newest version of an enrollment's template names it; [Registered.Stale] where it
    /// changed since it was read. Devices that have it attached do not keep it.
    Registered<NamedPolicy> delete(NamedPolicy present, Warrant warrant);

    /// Every policy of a tenant, by name; none for an unknown tenant.
    List<NamedPolicy> list(Name tenant);
}
