package io.muster.desk;

import io.muster.core.roster.Registrar;
import io.muster.desk.certificates.AuthorityOperations;
import io.muster.desk.certificates.CertificateOperations;
import io.muster.desk.exchange.Operation;
import io.muster.desk.health.Health;
import io.muster.desk.ledger.AttemptOperations;
import io.muster.desk.ledger.DeviceOperations;
import io.muster.desk.ledger.InstallationOperations;
import io.muster.desk.roster.EnrollmentForm;
import io.muster.desk.roster.EnrollmentOperations;
import io.muster.desk.roster.HubOperations;
import io.muster.desk.roster.ProfileOperations;
import io.muster.desk.roster.ProofForm;
import io.muster.desk.roster.TenantOperations;
import io.muster.desk.roster.TokenOperations;
import java.security.SecureRandom;
import java.util.Map;

/// Every operation of the contract under its name there: the list of what the desk can do.
public final class Operations {

    /// The bootstrap token acts under this name in the audit.
    private static final Registrar.Actor BOOTSTRAP = new Registrar.Actor("bootstrap");

    private final Map<String, Operation> byName;

    private Operations(Map<String, Operation> byName) {
        this.byName = byName;
    }

    public static Operations of(DeskPorts ports, InstallationOperations installation, Health health) {
        ProofForm proofs = new ProofForm(ports.anchors(), new SecureRandom());
        var tenants = new TenantOperations(ports.registrar(), BOOTSTRAP);
        var hubs = new HubOperations(ports.registrar(), BOOTSTRAP, tenants);
        var enrollments =
                new EnrollmentOperations(ports.registrar(), BOOTSTRAP, tenants, new EnrollmentForm(proofs), proofs);
        var tokens = new TokenOperations(ports.tokens(), BOOTSTRAP, tenants, ports.clock());
        var profiles = new ProfileOperations(ports.registrar(), BOOTSTRAP, tenants);
        var certificates = new CertificateOperations(ports.certificates(), ports.registrar(), BOOTSTRAP, tenants);
        var authority = new AuthorityOperations(ports.issuer(), tenants);
        var devices = new DeviceOperations(ports.devices(), tenants);
        var attempts = new AttemptOperations(ports.attempts(), ports.devices(), tenants);
        return new Operations(Map.ofEntries(
                Map.entry("healthLive", health::live),
                Map.entry("healthReady", health::ready),
                Map.entry("getInstallation", installation::get),
                Map.entry("listTenants", tenants::list),
                Map.entry("createTenant", tenants::create),
                Map.entry("getTenant", tenants::get),
                Map.entry("listHubs", hubs::list),
                Map.entry("createHub", hubs::create),
                Map.entry("getHub", hubs::get),
                Map.entry("listEnrollments", enrollments::list),
                Map.entry("createEnrollment", enrollments::create),
                Map.entry("getEnrollment", enrollments::get),
                Map.entry("changeEnrollment", enrollments::change),
                Map.entry("rotateEnrollmentKeys", enrollments::rotate),
                Map.entry("listTokens", tokens::list),
                Map.entry("createToken", tokens::create),
                Map.entry("revokeToken", tokens::revoke),
                Map.entry("listProfiles", profiles::list),
                Map.entry("createProfile", profiles::create),
                Map.entry("getProfile", profiles::get),
                Map.entry("changeProfile", profiles::change),
                Map.entry("listCertificates", certificates::list),
                Map.entry("getCertificate", certificates::get),
                Map.entry("revokeCertificate", certificates::revoke),
                Map.entry("getAuthority", authority::get),
                Map.entry("listDevices", devices::list),
                Map.entry("getDevice", devices::get),
                Map.entry("listDeviceAttempts", attempts::list),
                Map.entry("getAttempt", attempts::get)));
    }

    Operation named(String operationId) {
        Operation operation = byName.get(operationId);
        if (operation == null) {
            throw new IllegalStateException("The contract has an operation " + operationId + " that nobody answers");
        }
        return operation;
    }
}
