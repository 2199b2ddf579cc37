package io.muster.server.house;

import io.muster.core.door.Admission;
import io.muster.core.door.ClaimReception;
import io.muster.core.door.HubAdmission;
import io.muster.core.door.Reception;
import io.muster.core.flow.Admit;
import io.muster.core.flow.Attach;
import io.muster.core.flow.Connections;
import io.muster.core.flow.Create;
import io.muster.core.flow.HubNames;
import io.muster.core.flow.PoliciesInUse;
import io.muster.core.flow.Provision;
import io.muster.core.flow.Quarantine;
import io.muster.core.flow.Register;
import io.muster.core.flow.Templates;
import io.muster.core.flow.Workplaces;
import io.muster.core.issuance.Issuer;
import io.muster.core.permission.PolicyReader;
import io.muster.core.policy.FactsReader;
import io.muster.core.policy.Hooks;
import io.muster.core.template.TemplateReader;
import io.muster.desk.ProvisioningPorts;
import io.muster.outlets.aws.JsonPolicyReader;
import io.muster.outlets.aws.JsonTemplateReader;
import io.muster.server.settings.Settings;
import io.muster.store.Store;
import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.issuing.DeviceKeys;
import io.muster.x509.path.PresentedCertificates;
import java.time.InstantSource;

/// How devices with claims get a certificate and a name, and how devices that stay are let in.
///
/// @param ports what the desk needs of it
record ProvisioningRoom(Admission admission, HubAdmission hub, ClaimReception claims, ProvisioningPorts ports) {

    static ProvisioningRoom of(
            Store store,
            Reception reception,
            Connections connections,
            Issuer issuer,
            SignatureEngine engine,
            FactsReader facts,
            Hooks hooks,
            Settings settings,
            InstantSource clock) {
        Quarantine quarantine = settings.hub().hearsQuarantined() ? Quarantine.HEAR : Quarantine.REFUSE;
        Settings.Listeners listeners = settings.listeners();
        PolicyReader policies = new JsonPolicyReader();
        TemplateReader reader = new JsonTemplateReader(policies);
        PoliciesInUse inUse = new PoliciesInUse(policies, store.roster());
        Templates templates = new Templates(reader, inUse);
        DeviceKeys keys = new DeviceKeys(engine);
        Admission admission = new Admit(
                reception,
                store.roster(),
                new Admit.Records(issuer, store.certificates(), store.creations(), store.claims()),
                new Admit.Templating(templates, inUse, quarantine),
                new PresentedCertificates(),
                connections,
                clock);
        HubAdmission hub = new Attach(
                reception,
                store.roster(),
                store.devices(),
                HubNames.of(listeners.names(), listeners.tenantDomain()),
                quarantine,
                connections);
        Create create = new Create(
                reception,
                store.roster(),
                store.ledger(),
                store.creations(),
                new Create.Signing(issuer, keys, store.continuations(), Workplaces.ofThisMachine()),
                clock);
        Register register =
                new Register(reception, store.roster(), store.creations(), store.continuations(), templates, hooks);
        return new ProvisioningRoom(
                admission,
                hub,
                new Provision(create, register),
                new ProvisioningPorts(store.claims(), reader, keys, policies, store.policies(), inUse, facts));
    }
}
