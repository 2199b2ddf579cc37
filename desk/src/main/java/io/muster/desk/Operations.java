package io.muster.desk;

import static io.muster.desk.exchange.Admitted.anywhere;
import static io.muster.desk.exchange.Admitted.everybody;
import static io.muster.desk.exchange.Admitted.inInstallation;
import static io.muster.desk.exchange.Admitted.inTenant;
import static io.muster.desk.exchange.Admitted.withinTenant;

import io.muster.core.access.Action;
import io.muster.core.access.Repeats;
import io.muster.core.flow.Templates;
import io.muster.core.issuance.ClaimCredentials;
import io.muster.desk.certificates.AuthorityOperations;
import io.muster.desk.certificates.CertificateOperations;
import io.muster.desk.dps.ServiceApi;
import io.muster.desk.exchange.Admitted;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Reply;
import io.muster.desk.gate.LogIn;
import io.muster.desk.health.Health;
import io.muster.desk.imports.ImportOperations;
import io.muster.desk.keys.KeyOperations;
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
import io.muster.desk.provisioning.AwsPolicyOperations;
import io.muster.desk.provisioning.ClaimOperations;
import io.muster.desk.provisioning.NamedPolicyOperations;
import io.muster.desk.provisioning.TemplateOperations;
import io.muster.desk.roster.AnchorOperations;
import io.muster.desk.roster.EnrollmentForm;
import io.muster.desk.roster.EnrollmentOperations;
import io.muster.desk.roster.HubOperations;
import io.muster.desk.roster.ProfileOperations;
import io.muster.desk.roster.ProofForm;
import io.muster.desk.roster.ProvisioningForm;
import io.muster.desk.roster.RegionOperations;
import io.muster.desk.roster.TenantOperations;
import io.muster.desk.roster.Territory;
import io.muster.desk.roster.TokenOperations;
import io.muster.desk.sinks.ReconcileOperation;
import io.muster.desk.sinks.SinkOperations;
import io.muster.desk.telemetry.TailOperations;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.Map;

/// Every operation of the contract under its name there: the list of what the desk can do.
public final class Operations {

    private final Map<String, Admitted> byName;
    private final ImportOperations imports;

    private final LogIn logIn;
    private final Repeats repeats;
    private final ServiceApi service;

    private Operations(
            Map<String, Admitted> byName, ImportOperations imports, LogIn logIn, Repeats repeats, ServiceApi service) {
        this.byName = byName;
        this.imports = imports;
        this.logIn = logIn;
        this.repeats = repeats;
        this.service = service;
    }

    public static Operations of(
            DeskPorts ports, InstallationOperations installation, Health health, Exposition measured) {
        var metrics = new MetricsOperation(measured);
        ProofForm proofs =
                new ProofForm(ports.anchors().reader(), ports.anchors().registered(), new SecureRandom());
        var tenants = new TenantOperations(ports.registrar());
        var hubs = new HubOperations(ports.registrar(), tenants);
        var form = new EnrollmentForm(
                proofs,
                ports.provisioning().templates(),
                ports.provisioning().named(),
                ports.provisioning().facts());
        var territory = new Territory(ports.registrar());
        var enrollments = new EnrollmentOperations(ports.registrar(), tenants, form, proofs, territory);
        var policy = new PolicyOperations(
                ports.rehearsal(), enrollments, form, new SampleForm(ports.requests()), tenants, ports.clock());
        var imports = new ImportOperations(ports.imports(), tenants);
        var provisioning = ports.provisioning();
        var claims = new ClaimOperations(
                provisioning.claims(),
                new ClaimCredentials(provisioning.keys(), ports.issuer(), ports.clock()),
                ports.anchors().reader(),
                tenants,
                territory,
                ports.clock());
        var templates = new TemplateOperations(
                new Templates(provisioning.templates(), provisioning.inUse()),
                provisioning.inUse(),
                new ProvisioningForm(provisioning.templates()),
                enrollments,
                tenants);
        var awsPolicies = new AwsPolicyOperations(
                provisioning.inUse(), provisioning.policies(), ports.devices(), ports.certificates(), tenants);
        var namedPolicies = new NamedPolicyOperations(provisioning.named(), provisioning.policies(), tenants);
        var tokens = new TokenOperations(ports.tokens(), tenants, territory, ports.clock());
        var profiles = new ProfileOperations(ports.registrar(), tenants);
        var certificates = new CertificateOperations(ports.certificates(), ports.devices(), ports.registrar(), tenants);
        var anchors = new AnchorOperations(
                ports.anchors().reader(),
                ports.anchors().registered(),
                ports.anchors().possession(),
                tenants,
                ports.clock());
        var authority = new AuthorityOperations(ports.issuer(), tenants);
        var devices = new DeviceOperations(ports.devices(), ports.records().presences(), tenants);
        var custody = new CustodyOperations(ports.records().custody(), tenants);
        var regions = new RegionOperations(ports.registrar(), tenants);
        var audit = new AuditOperations(ports.records().audit(), tenants);
        var sinks = new SinkOperations(ports.records().sinks().standings());
        var tails = new TailOperations(ports.records().tails(), tenants);
        var reconciliation = new ReconcileOperation(
                ports.records().sinks().standings(),
                ports.records().sinks().reconciliation(),
                ports.records().sinks().holders(),
                tenants);
        var logbook = new LogbookOperations(ports.records().logbook(), tenants);
        var attempts = new AttemptOperations(ports.attempts(), ports.devices(), tenants);
        var keys = new KeyOperations(ports.principals(), ports.clock());
        Map<String, Admitted> byName = Map.ofEntries(
                Map.entry("healthLive", everybody(health::live)),
                Map.entry("healthReady", everybody(health::ready)),
                Map.entry("getInstallation", inInstallation(Action.READ_INSTALLATION, installation::get)),
                Map.entry("getInstallationChecks", inInstallation(Action.READ_INSTALLATION, health::examine)),
                Map.entry("getMetrics", inInstallation(Action.READ_METRICS, metrics::get)),
                Map.entry("listTenants", anywhere(Action.READ_TENANT, tenants::list)),
                Map.entry("createTenant", inInstallation(Action.CREATE_TENANT, tenants::create)),
                Map.entry("getTenant", withinTenant(Action.READ_TENANT, tenants::get)),
                Map.entry("listHubs", withinTenant(Action.READ_HUB, hubs::list)),
                Map.entry("createHub", withinTenant(Action.CHANGE_HUB, hubs::create)),
                Map.entry("getHub", withinTenant(Action.READ_HUB, hubs::get)),
                Map.entry("listEnrollments", withinTenant(Action.READ_ENROLLMENT, enrollments::list)),
                Map.entry("createEnrollment", withinTenant(Action.ADD_INDIVIDUAL, enrollments::create)),
                Map.entry("getEnrollment", withinTenant(Action.READ_ENROLLMENT, enrollments::get)),
                Map.entry("listEnrollmentVersions", withinTenant(Action.READ_ENROLLMENT, enrollments::versions)),
                Map.entry("getEnrollmentVersion", withinTenant(Action.READ_ENROLLMENT, enrollments::version)),
                Map.entry("changeEnrollment", withinTenant(Action.CHANGE_ENROLLMENT, enrollments::change)),
                Map.entry("rotateEnrollmentKeys", withinTenant(Action.ROTATE_ENROLLMENT_KEYS, enrollments::rotate)),
                Map.entry("testPolicy", inTenant(Action.TEST_POLICY, policy::test)),
                Map.entry("diffPolicy", inTenant(Action.TEST_POLICY, policy::diff)),
                Map.entry("simulateAwsPolicy", inTenant(Action.TEST_POLICY, awsPolicies::simulate)),
                Map.entry("listAwsPolicies", withinTenant(Action.READ_POLICY, namedPolicies::list)),
                Map.entry("createAwsPolicy", inTenant(Action.CHANGE_POLICY, namedPolicies::create)),
                Map.entry("getAwsPolicy", withinTenant(Action.READ_POLICY, namedPolicies::get)),
                Map.entry("changeAwsPolicy", inTenant(Action.CHANGE_POLICY, namedPolicies::change)),
                Map.entry("deleteAwsPolicy", inTenant(Action.CHANGE_POLICY, namedPolicies::delete)),
                Map.entry("testTemplate", inTenant(Action.TEST_POLICY, templates::test)),
                Map.entry("diffTemplate", inTenant(Action.TEST_POLICY, templates::diff)),
                Map.entry("createImport", inTenant(Action.ADD_INDIVIDUAL, imports::create)),
                Map.entry("listImports", inTenant(Action.READ_ENROLLMENT, imports::list)),
                Map.entry("getImport", inTenant(Action.READ_ENROLLMENT, imports::get)),
                Map.entry("cancelImport", inTenant(Action.ADD_INDIVIDUAL, imports::cancel)),
                Map.entry("listTokens", withinTenant(Action.READ_TOKEN, tokens::list)),
                Map.entry("createToken", withinTenant(Action.MAKE_TOKEN, tokens::create)),
                Map.entry("revokeToken", withinTenant(Action.REVOKE_TOKEN, tokens::revoke)),
                Map.entry("listClaims", withinTenant(Action.READ_CLAIM, claims::list)),
                Map.entry("createClaim", withinTenant(Action.MAKE_TRUSTED_CLAIM, claims::create)),
                Map.entry("getClaim", withinTenant(Action.READ_CLAIM, claims::get)),
                Map.entry("revokeClaim", withinTenant(Action.CHANGE_CLAIM, claims::revoke)),
                Map.entry("listProfiles", withinTenant(Action.READ_PROFILE, profiles::list)),
                Map.entry("createProfile", inTenant(Action.CHANGE_PROFILE, profiles::create)),
                Map.entry("getProfile", withinTenant(Action.READ_PROFILE, profiles::get)),
                Map.entry("changeProfile", inTenant(Action.CHANGE_PROFILE, profiles::change)),
                Map.entry("listAnchors", withinTenant(Action.READ_ANCHOR, anchors::list)),
                Map.entry("createAnchor", inTenant(Action.CHANGE_ANCHOR, anchors::create)),
                Map.entry("getAnchor", withinTenant(Action.READ_ANCHOR, anchors::get)),
                Map.entry("verifyAnchor", inTenant(Action.CHANGE_ANCHOR, anchors::verify)),
                Map.entry("deleteAnchor", inTenant(Action.CHANGE_ANCHOR, anchors::delete)),
                Map.entry("listCertificates", withinTenant(Action.READ_CERTIFICATE, certificates::list)),
                Map.entry("getCertificate", withinTenant(Action.READ_CERTIFICATE, certificates::get)),
                Map.entry("revokeCertificate", withinTenant(Action.REVOKE_CERTIFICATE, certificates::revoke)),
                Map.entry("getAuthority", withinTenant(Action.READ_CERTIFICATE, authority::get)),
                Map.entry("listDevices", withinTenant(Action.READ_DEVICE, devices::list)),
                Map.entry("getDevice", withinTenant(Action.READ_DEVICE, devices::get)),
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
                Map.entry("listSinks", inInstallation(Action.READ_SINK, sinks::list)),
                Map.entry("getSink", inInstallation(Action.READ_SINK, sinks::get)),
                Map.entry("listDeadLetters", inInstallation(Action.READ_SINK, sinks::deadLetters)),
                Map.entry("pauseSink", inInstallation(Action.CHANGE_SINK, sinks::pause)),
                Map.entry("resumeSink", inInstallation(Action.CHANGE_SINK, sinks::resume)),
                Map.entry("replaySink", inInstallation(Action.CHANGE_SINK, sinks::replay)),
                Map.entry("tailTelemetry", withinTenant(Action.READ_TELEMETRY, tails::tail)),
                Map.entry("reconcileSink", inTenant(Action.CHANGE_SINK, reconciliation::part)),
                Map.entry("changeTenant", inTenant(Action.CREATE_TENANT, tenants::change)),
                Map.entry("listDeviceAttempts", withinTenant(Action.READ_ATTEMPT, attempts::list)),
                Map.entry("getAttempt", withinTenant(Action.READ_ATTEMPT, attempts::get)),
                Map.entry("listInstallationKeys", inInstallation(Action.READ_KEY, keys::list)),
                Map.entry("createInstallationKey", inInstallation(Action.MANAGE_KEYS, keys::create)),
                Map.entry("getInstallationKey", inInstallation(Action.READ_KEY, keys::get)),
                Map.entry("rotateInstallationKey", inInstallation(Action.MANAGE_KEYS, keys::rotate)),
                Map.entry("revokeInstallationKey", inInstallation(Action.MANAGE_KEYS, keys::revoke)),
                Map.entry("listKeys", inTenant(Action.READ_KEY, keys::list)),
                Map.entry("createKey", inTenant(Action.MANAGE_KEYS, keys::create)),
                Map.entry("getKey", inTenant(Action.READ_KEY, keys::get)),
                Map.entry("rotateKey", inTenant(Action.MANAGE_KEYS, keys::rotate)),
                Map.entry("revokeKey", inTenant(Action.MANAGE_KEYS, keys::revoke)));
        var service = ServiceApi.of(ports.registrar(), ports.anchors().registered(), proofs, ports.devices());
        return new Operations(byName, imports, new LogIn(ports.principals(), ports.clock()), ports.repeats(), service);
    }

    /// What tools of Azure's DPS can do.
    ServiceApi service() {
        return service;
    }

    /// Knows who comes.
    LogIn logIn() {
        return logIn;
    }

    /// What was answered before.
    Repeats repeats() {
        return repeats;
    }

    /// Every operation with what it takes, by its name in the contract.
    public Map<String, Admitted> byName() {
        return byName;
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
