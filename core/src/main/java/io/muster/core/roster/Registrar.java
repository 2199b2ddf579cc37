package io.muster.core.roster;

import io.muster.core.access.Scope;
import io.muster.core.access.Warrant;
import io.muster.core.connectivity.Hub;
import io.muster.core.connectivity.Region;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import java.util.List;
import java.util.Optional;

/// The roster's write side, for operators. A change takes effect between two commits of every node, and is audited
/// with its warrant in the same transaction. What is returned is durable. Called by any number of threads.
public interface Registrar {

    Registered<Tenant> create(Tenant tenant, Warrant warrant);

    /// Enables or disables a tenant, and says what else holds for it.
    ///
    /// @param seen as it was read; where it is otherwise by now, [Registered.Stale]
    Registered<Tenant> change(Tenant seen, Tenant changed, Warrant warrant);

    List<Tenant> tenants();

    Registered<Region> create(Region region, Warrant warrant);

    /// Every region of a tenant, by name; none for an unknown tenant.
    List<Region> regions(Name tenant);

    /// Its region comes with it.
    Registered<Hub> create(Hub hub, Warrant warrant);

    /// Changes a hub's weight, or takes it out and puts it back. Its region and its endpoint never change.
    ///
    /// @param seen as it was read; where it is otherwise by now, [Registered.Stale]
    Registered<Hub> change(Hub seen, Hub changed, Warrant warrant);

    /// Every hub of a tenant, by name; none for an unknown tenant.
    List<Hub> hubs(Name tenant);

    /// Creates version 1 of a certificate profile.
    Registered<CertificateProfile> create(CertificateProfile profile, Warrant warrant);

    /// Writes the next version. `changed.version()` must be the present version plus one, else [Registered.Stale].
    Registered<CertificateProfile> change(CertificateProfile changed, Warrant warrant);

    /// The newest version of every certificate profile of a tenant, by name; none for an unknown tenant.
    List<CertificateProfile> profiles(Name tenant);

    /// Creates its first version: 1, or the next one after those of a deleted enrollment of its name. Every hub
    /// and the certificate profile that it names must be there.
    Registered<Enrollment> create(Enrollment enrollment, Warrant warrant);

    /// Writes the next version. `changed.version()` must be the present version plus one, else [Registered.Stale].
    /// The proof's kind and the individual's name never change.
    Registered<Enrollment> change(Enrollment changed, Warrant warrant);

    /// Takes an enrollment out: it lets nobody in from then on, and devices that it let in are known as before. Its
    /// versions stay, for what was decided by them; another of its name goes on counting where it ended. One whose
    /// tokens or claims would be good again for another of its name stays: [Registered.Needed].
    ///
    /// @param present as it was read; where it is at another version by now, [Registered.Stale]
    Registered<Enrollment> delete(Enrollment present, Warrant warrant);

    /// Most individuals that are added at a time.
    int MAX_ADDED = 1000;

    /// Adds individual enrollments of one tenant, each as its first version, in one transaction. What is there
    /// with the same content already stays as it is, so that a repetition changes nothing. The answers come in the
    /// order of the individuals, at most [#MAX_ADDED]; what one comes to does not touch the others. A warrant for a
    /// dry run has all checked and nothing written, and nobody waits for it.
    Registered<List<Addition>> addIndividuals(Name tenant, List<Enrollment> individuals, Warrant warrant);

    Optional<Enrollment> enrollment(Name tenant, Name name);

    /// The enrollment that a device has of its own.
    Optional<Enrollment> individual(Name tenant, RegistrationId device);

    /// Every group enrollment of a tenant, by name; at most [Enrollment#MAX_GROUPS].
    List<Enrollment> groups(Name tenant);

    /// Versions of an enrollment, the newest first; none where there is no such enrollment.
    ///
    /// @param before only versions below this one
    /// @param limit  how many at most, from 1
    List<Enrollment> versions(Name tenant, Name name, int before, int limit);

    /// Enrollments of a tenant in the order of their names.
    ///
    /// @param scope only those that it covers; regions do not narrow
    /// @param after the last name of the page before; empty for the first page
    /// @param limit 1 to 1000
    List<Enrollment> enrollments(Name tenant, Scope scope, Optional<Name> after, int limit);

    /// The same for whoever sees all of the tenant.
    default List<Enrollment> enrollments(Name tenant, Optional<Name> after, int limit) {
        return enrollments(tenant, Scope.of(tenant), after, limit);
    }
}
