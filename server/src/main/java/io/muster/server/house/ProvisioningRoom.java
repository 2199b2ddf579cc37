package io.muster.server.house;

import io.muster.core.door.Admission;
import io.muster.core.door.ClaimReception;
import io.muster.core.door.Reception;
import io.muster.core.flow.Admit;
import io.muster.core.flow.Create;
import io.muster.core.flow.Oversight;
import io.muster.core.flow.PoliciesInUse;
import io.muster.core.flow.Provision;
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
import io.muster.store.Store;
import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.issuing.DeviceKeys;
import io.muster.x509.path.PresentedCertificates;
import java.time.InstantSource;

/// How devices with claims get a certificate and a name, and how devices that stay are let in.
///
/// @param ports what the desk needs of it
record ProvisioningRoom(Admission admission, ClaimReception claims, ProvisioningPorts ports) {

    static ProvisioningRoom of(
            Store store,
            Reception reception,
            Oversight oversight,
            Issuer issuer,
            SignatureEngine engine,
            FactsReader facts,
            Hooks hooks,
            InstantSource clock) {
        PolicyReader policies = new JsonPolicyReader();
        TemplateReader reader = new JsonTemplateReader(policies);
        PoliciesInUse inUse = new PoliciesInUse(policies, store.roster());
        Templates templates = new Templates(reader, inUse);
        DeviceKeys keys = new DeviceKeys(engine);
        Admission admission = new Admit(
                reception,
                store.roster(),
                new Admit.Records(issuer, store.certificates(), store.creations(), store.claims()),
                new Admit.Templating(templates, inUse),
                new PresentedCertificates(),
                oversight,
                clock);
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
                new Provision(create, register),
                new ProvisioningPorts(store.claims(), reader, keys, policies, store.policies(), inUse, facts));
    }
}
