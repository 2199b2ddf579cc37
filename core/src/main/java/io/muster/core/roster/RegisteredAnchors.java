package io.muster.core.roster;

import io.muster.core.access.Warrant;
import io.muster.core.device.Name;
import java.util.List;

/// Authorities that tenants registered by name. Each change is audited with its warrant in the same transaction. What
/// is returned is durable. Called by any number of threads.
///
/// An enrollment that names an anchor holds its certificate from then on: what was decided stays explained, whatever
/// becomes of the name.
public interface RegisteredAnchors {

    /// [Registered.Exists] where the name, or the very certificate, is registered in this tenant already;
    /// [Registered.Full] beyond [RegisteredAnchor#MAX].
    Registered<RegisteredAnchor> register(RegisteredAnchor first, Warrant warrant);

    /// Notes that possession was proved. `verified.version()` must be the present version plus one, else
    /// [Registered.Stale].
    Registered<RegisteredAnchor> verify(RegisteredAnchor verified, Warrant warrant);

    /// [Registered.Needed] while an enrollment trusts its certificate; [Registered.Stale] where it changed since it was
    /// read.
    Registered<RegisteredAnchor> delete(RegisteredAnchor present, Warrant warrant);

    /// Every anchor of a tenant, by name; none for an unknown tenant.
    List<RegisteredAnchor> list(Name tenant);
}
