package io.muster.desk.dps;

import io.muster.core.ledger.Devices;
import io.muster.core.roster.RegisteredAnchors;
import io.muster.core.roster.Registrar;
import io.muster.desk.exchange.Operation;
import io.muster.desk.exchange.Versioned;
import io.muster.desk.roster.ProofForm;
import java.util.List;

/// Every operation of Azure's service API under its method and path: the list of what its tools can do here.
public final class ServiceApi {

    /// @param path with `:id` where an id stands
    public record Route(String method, String path, Operation operation) {}

    private final List<Route> routes;

    private ServiceApi(List<Route> routes) {
        this.routes = routes;
    }

    public static ServiceApi of(Registrar registrar, RegisteredAnchors anchors, ProofForm proofs, Devices devices) {
        AttestationWriter attestations = new AttestationWriter(anchors);
        EnrollmentReader reader = new EnrollmentReader(registrar, proofs);
        RegistrationCalls registrations = new RegistrationCalls(registrar, devices);
        EnrollmentCalls individuals =
                new EnrollmentCalls(EnrollmentKind.INDIVIDUAL, registrar, reader, attestations, registrations::stateOf);
        EnrollmentCalls groups =
                new EnrollmentCalls(EnrollmentKind.GROUP, registrar, reader, attestations, registrations::stateOf);
        EnrollmentPages pages = new EnrollmentPages(registrar, attestations);
        return new ServiceApi(List.of(
                route("POST", "/enrollments", new BulkCalls(individuals)::post),
                route("POST", "/enrollments/query", pages::individuals),
                route("POST", "/enrollments/:id/attestationmechanism", individuals::attestation),
                route("PUT", "/enrollments/:id", individuals::put),
                route("GET", "/enrollments/:id", individuals::get),
                route("DELETE", "/enrollments/:id", individuals::delete),
                route("POST", "/enrollmentGroups/query", pages::groups),
                route("POST", "/enrollmentGroups/:id/attestationmechanism", groups::attestation),
                route("PUT", "/enrollmentGroups/:id", groups::put),
                route("GET", "/enrollmentGroups/:id", groups::get),
                route("DELETE", "/enrollmentGroups/:id", groups::delete),
                route("POST", "/registrations/:id/query", registrations::query),
                route("GET", "/registrations/:id", registrations::get),
                route("DELETE", "/registrations/:id", registrations::delete)));
    }

    /// Every one looks at the version of the API first, and at the version of what it changes.
    private static Route route(String method, String path, Operation operation) {
        return new Route(method, path, new ApiVersion(new Versioned(operation)));
    }

    public List<Route> routes() {
        return routes;
    }
}
