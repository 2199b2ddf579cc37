package io.muster.desk.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.core.device.Credential;
import io.muster.core.device.Device;
import io.muster.core.flow.PoliciesInUse;
import io.muster.core.ledger.Certificates;
import io.muster.core.ledger.Devices;
import io.muster.core.permission.AttachedPolicy;
import io.muster.core.permission.Decision;
import io.muster.core.permission.Permissions;
import io.muster.core.permission.PolicyDocument;
import io.muster.core.permission.PolicyReader;
import io.muster.core.permission.PolicyReading;
import io.muster.core.permission.Variables;
import io.muster.core.roster.Tenant;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Form;
import io.muster.desk.exchange.Reply;
import io.muster.desk.problem.Problem;
import io.muster.desk.problem.ProblemKind;
import io.muster.desk.roster.TenantOperations;
import java.util.List;
import java.util.Optional;

/// Says what policies of AWS IoT let a device do. Nothing comes of it.
public final class AwsPolicyOperations {

    private final PoliciesInUse inUse;
    private final PolicyReader policies;
    private final Devices devices;
    private final Certificates certificates;
    private final TenantOperations tenants;

    public AwsPolicyOperations(
            PoliciesInUse inUse,
            PolicyReader policies,
            Devices devices,
            Certificates certificates,
            TenantOperations tenants) {
        this.inUse = inUse;
        this.policies = policies;
        this.devices = devices;
        this.certificates = certificates;
        this.tenants = tenants;
    }

    public Reply simulate(Call call) {
        JsonNode body = call.body();
        if (body.has("device") == body.has("document")) {
            return Reply.refused(Problem.invalid(
                    "",
                    "The policies are either those of a device, or a document that is given.",
                    "Give either device or document."));
        }
        return tenants.with(
                call,
                tenant -> body.has("device")
                        ? ofDevice(tenant, body)
                        : document(body).reply(it -> decided(List.of(AttachedPolicy.own(it)), Optional.empty(), body)));
    }

    private Reply ofDevice(Tenant tenant, JsonNode body) {
        String id = body.path("device").asText();
        Optional<Device> found = devices.find(tenant.name(), id);
        if (found.isEmpty()) {
            return Reply.refused(Problem.missing(
                    "device",
                    id,
                    "It never enrolled, or was refused: ask with: muster why " + id + " --tenant " + tenant.name()));
        }
        Device device = found.get();
        return device.thing()
                .map(thing -> decided(inUse.attached(device.tenant(), thing.policies()), found, body))
                .orElseGet(() -> Reply.refused(Problem.of(
                        ProblemKind.NOT_POSSIBLE,
                        "Device \"" + id + "\" has no policies: no template made it. It may use the topics under t/"
                                + device.deviceId() + "/ and no others.",
                        "Simulate a document instead.")));
    }

    private Form<PolicyDocument> document(JsonNode body) {
        return switch (policies.read(body.path("document").toString())) {
            case PolicyReading.Read it -> Form.of(it.document());
            case PolicyReading.Unreadable it -> Form.faulty("/document" + it.place(), it.what(), it.remedy());
        };
    }

    private Reply decided(List<AttachedPolicy> policies, Optional<Device> device, JsonNode body) {
        return ConnectionForm.read(body, device.map(Device::deviceId)).reply(wish -> {
            Variables variables = variables(wish, device, body);
            Decision decision = Permissions.decide(policies, wish.ask(), variables);
            return Reply.ok(SimulatedJson.show(wish.ask(), variables, decision));
        });
    }

    private Variables variables(ConnectionForm.Wish wish, Optional<Device> device, JsonNode body) {
        Optional<Certificates.Kept> newest = device.flatMap(it -> it.currentCredential()
                .map(Credential::serial)
                .flatMap(serial -> certificates.find(it.tenant(), serial)));
        return new Variables(
                wish.clientId().orElse(""),
                wish.source(),
                device.flatMap(it ->
                        it.thing().map(thing -> new Variables.Thing(it.deviceId(), it.type(), thing.attributes()))),
                ShownCertificate.of(newest, TemplateSampleForm.subject(body.path("subject"))));
    }
}
