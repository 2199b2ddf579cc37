package io.muster.desk;

import static io.muster.desk.exchange.Admitted.anywhere;
import static io.muster.desk.exchange.Admitted.everybody;
import static io.muster.desk.exchange.Admitted.inInstallation;
import static io.muster.desk.exchange.Admitted.inTenant;

import io.muster.core.access.Action;
import io.muster.desk.certificates.AuthorityOperations;
import io.muster.desk.certificates.CertificateOperations;
import io.muster.desk.exchange.Admitted;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Reply;
import io.muster.desk.health.Health;
import io.muster.desk.imports.ImportOperations;
import io.muster.desk.ledger.AttemptOperations;
import io.muster.desk.ledger.AuditOperations;
import io.muster.desk.ledger.CustodyOperations;
import io.muster.desk.ledger.DeviceOperations;
import io.muster.desk.ledger.InstallationOperations;
import io.muster.desk.ledger.LogbookOperations;
import io.muster.desk.metrics.Exposition;
import io.muster.desk.metrics.MetricsOperation;
import io.muster.desk.policy.PolicyOperations;
import io.muster.desk.policy.SampleForm;
import io.muster.desk.roster.EnrollmentForm;
import io.muster.desk.roster.EnrollmentOperations;
import io.muster.desk.roster.HubOperations;
import io.muster.desk.roster.ProfileOperations;
import io.muster.desk.roster.ProofForm;
import io.muster.desk.roster.RegionOperations;
import io.muster.desk.roster.TenantOperations;
import io.muster.desk.roster.TokenOperations;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.Map;

/// Every operation of the contract under its name there: the list of what the desk can do.
public final class Operations {

    private final Map<String, Admitted> byName;
    private final ImportOperations imports;

    private Operations(Map<String, Admitted> byName, ImportOperations imports) {
        this.byName = byName;
        this.imports = imports;
    }

    public static Operations of(
            DeskPorts ports, InstallationOperations installation, Health health, Exposition measured) {
        var metrics = new MetricsOperation(measured);
        ProofForm proofs = new ProofForm(ports.anchors(), new SecureRandom());
        var tenants = new TenantOperations(ports.registrar());
        var hubs = new HubOperations(ports.registrar(), tenants);
        var form = new EnrollmentForm(proofs);
        var enrollments = new EnrollmentOperations(ports.registrar(), tenants, form, proofs);
        var policy = new PolicyOperations(
                ports.rehearsal(), enrollments, form, new SampleForm(ports.requests()), tenants, ports.clock());
        var imports = new ImportOperations(ports.imports(), tenants);
        var tokens = new TokenOperations(ports.tokens(), tenants, ports.clock());
        var profiles = new ProfileOperations(ports.registrar(), tenants);
        var certificates = new CertificateOperations(ports.certificates(), ports.registrar(), tenants);
        var authority = new AuthorityOperations(ports.issuer(), tenants);
        var devices = new DeviceOperations(ports.devices(), tenants);
        var custody = new CustodyOperations(ports.records().custody(), tenants);
        var regions = new RegionOperations(ports.registrar(), tenants);
        var audit = new AuditOperations(ports.records().audit(), tenants);
        var logbook = new LogbookOperations(ports.records().logbook(), tenants);
        var attempts = new AttemptOperations(ports.attempts(), ports.devices(), tenants);
        Map<String, Admitted> byName = Map.ofEntries(
                Map.entry("healthLive", everybody(health::live)),
                Map.entry("healthReady", everybody(health::ready)),
                Map.entry("getInstallation", inInstallation(Action.READ_INSTALLATION, installation::get)),
                Map.entry("getInstallationChecks", inInstallation(Action.READ_INSTALLATION, health::examine)),
                Map.entry("getMetrics", inInstallation(Action.READ_METRICS, metrics::get)),
                Map.entry("listTenants", anywhere(Action.READ_TENANT, tenants::list)),
                Map.entry("createTenant", inInstallation(Action.CREATE_TENANT, tenants::create)),
                Map.entry("getTenant", inTenant(Action.READ_TENANT, tenants::get)),
                Map.entry("listHubs", inTenant(Action.READ_HUB, hubs::list)),
                Map.entry("createHub", inTenant(Action.CHANGE_HUB, hubs::create)),
                Map.entry("getHub", inTenant(Action.READ_HUB, hubs::get)),
                Map.entry("listEnrollments", inTenant(Action.READ_ENROLLMENT, enrollments::list)),
                Map.entry("createEnrollment", inTenant(Action.ADD_INDIVIDUAL, enrollments::create)),
                Map.entry("getEnrollment", inTenant(Action.READ_ENROLLMENT, enrollments::get)),
                Map.entry("changeEnrollment", inTenant(Action.CHANGE_ENROLLMENT, enrollments::change)),
                Map.entry("rotateEnrollmentKeys", inTenant(Action.ROTATE_ENROLLMENT_KEYS, enrollments::rotate)),
                Map.entry("testPolicy", inTenant(Action.TEST_POLICY, policy::test)),
                Map.entry("diffPolicy", inTenant(Action.TEST_POLICY, policy::diff)),
                Map.entry("createImport", inTenant(Action.ADD_INDIVIDUAL, imports::create)),
                Map.entry("listImports", inTenant(Action.READ_ENROLLMENT, imports::list)),
                Map.entry("getImport", inTenant(Action.READ_ENROLLMENT, imports::get)),
                Map.entry("cancelImport", inTenant(Action.ADD_INDIVIDUAL, imports::cancel)),
                Map.entry("listTokens", inTenant(Action.READ_TOKEN, tokens::list)),
                Map.entry("createToken", inTenant(Action.MAKE_TOKEN, tokens::create)),
                Map.entry("revokeToken", inTenant(Action.REVOKE_TOKEN, tokens::revoke)),
                Map.entry("listProfiles", inTenant(Action.READ_PROFILE, profiles::list)),
                Map.entry("createProfile", inTenant(Action.CHANGE_PROFILE, profiles::create)),
                Map.entry("getProfile", inTenant(Action.READ_PROFILE, profiles::get)),
                Map.entry("changeProfile", inTenant(Action.CHANGE_PROFILE, profiles::change)),
                Map.entry("listCertificates", inTenant(Action.READ_CERTIFICATE, certificates::list)),
                Map.entry("getCertificate", inTenant(Action.READ_CERTIFICATE, certificates::get)),
                Map.entry("revokeCertificate", inTenant(Action.REVOKE_CERTIFICATE, certificates::revoke)),
                Map.entry("getAuthority", inTenant(Action.READ_CERTIFICATE, authority::get)),
                Map.entry("listDevices", inTenant(Action.READ_DEVICE, devices::list)),
                Map.entry("getDevice", inTenant(Action.READ_DEVICE, devices::get)),
                Map.entry("quarantineDevice", inTenant(Action.QUARANTINE_DEVICE, custody::quarantine)),
                Map.entry("releaseDevice", inTenant(Action.QUARANTINE_DEVICE, custody::release)),
                Map.entry("decommissionDevice", inTenant(Action.DECOMMISSION_DEVICE, custody::decommission)),
                Map.entry("listBindings", inTenant(Action.READ_DEVICE, custody::bindings)),
                Map.entry("changeHub", inTenant(Action.CHANGE_HUB, hubs::change)),
                Map.entry("listRegions", inTenant(Action.READ_HUB, regions::list)),
                Map.entry("createRegion", inTenant(Action.CHANGE_HUB, regions::create)),
                Map.entry("listAttempts", inTenant(Action.READ_ATTEMPT, logbook::attempts)),
                Map.entry("listOperations", inTenant(Action.READ_ATTEMPT, logbook::operations)),
                Map.entry("getOperation", inTenant(Action.READ_ATTEMPT, logbook::operation)),
                Map.entry("listAudit", inInstallation(Action.READ_AUDIT, audit::ofInstallation)),
                Map.entry("verifyAudit", inInstallation(Action.READ_AUDIT, audit::verify)),
                Map.entry("listTenantAudit", inTenant(Action.READ_AUDIT, audit::ofTenant)),
                Map.entry("changeTenant", inTenant(Action.CREATE_TENANT, tenants::change)),
                Map.entry("listDeviceAttempts", inTenant(Action.READ_ATTEMPT, attempts::list)),
                Map.entry("getAttempt", inTenant(Action.READ_ATTEMPT, attempts::get)));
        return new Operations(byName, imports);
    }

    /// Takes in the file of an import that `createImport` began.
    Reply takeImport(Call call, Reply begun, InputStream file, long length) {
        return imports.take(call, begun, file, length);
    }

    Admitted named(String operationId) {
        Admitted operation = byName.get(operationId);
        if (operation == null) {
            throw new IllegalStateException("The contract has an operation " + operationId + " that nobody answers");
        }
        return operation;
    }
}
