package io.muster.outlets.hooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.connectivity.HookUrl;
import io.muster.core.connectivity.Placement;
import io.muster.core.device.Bytes;
import io.muster.core.device.Json;
import io.muster.core.door.Evidence;
import io.muster.core.policy.Facts;
import io.muster.core.policy.Verdict.Permit;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Treatment;
import java.util.List;
import java.util.Optional;

/// The question of Azure DPS to a custom allocation function (AllocationRequest).
final class AllocationBody {

    private static final String API_VERSION = "2021-10-01";
    private static final JsonMapper JSON = new JsonMapper();

    private AllocationBody() {}

    static ObjectNode of(HookUrl hook, Permit permit) {
        Enrollment enrollment = permit.attested().enrollment();
        List<String> hubs =
                Placement.linked(
                                enrollment.treatment().allocation(),
                                permit.attested().recognized().hubs())
                        .stream()
                        .map(hub -> hub.endpoint().host())
                        .distinct()
                        .toList();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set(
                enrollment.individual().isPresent() ? "individualEnrollment" : "enrollmentGroup",
                enrollment(enrollment, hook, hubs));
        body.set("deviceRuntimeContext", device(permit));
        hubs.forEach(body.putArray("linkedHubs")::add);
        return body;
    }

    private static ObjectNode enrollment(Enrollment enrollment, HookUrl hook, List<String> hubs) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        enrollment
                .individual()
                .ifPresentOrElse(
                        id -> json.put("registrationId", id.display()),
                        () -> json.put("enrollmentGroupId", enrollment.name().value()));
        json.putObject("attestation").put("type", kind(enrollment.proof()));
        json.putObject("capabilities").put("iotEdge", false);
        json.put("etag", "\"" + enrollment.version() + "\"");
        json.put("provisioningStatus", "enabled");
        Treatment.Reprovision reprovision = enrollment.treatment().reprovision();
        json.putObject("reprovisionPolicy")
                .put("updateHubAssignment", reprovision != Treatment.Reprovision.KEEP)
                .put("migrateDeviceData", reprovision == Treatment.Reprovision.MIGRATE);
        json.put("allocationPolicy", "custom");
        hubs.forEach(json.putArray("iotHubs")::add);
        json.putObject("customAllocationDefinition")
                .put("webhookUrl", hook.text())
                .put("apiVersion", API_VERSION);
        return json;
    }

    private static ObjectNode device(Permit permit) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("registrationId", permit.attested().request().registrationId().display());
        permit.known().ifPresent(device -> {
            hub(permit, device.assignment().hub().value()).ifPresent(host -> json.put("currentIotHubHostName", host));
            json.put("currentDeviceId", device.deviceId());
        });
        ObjectNode attestation =
                json.putObject(kind(permit.attested().enrollment().proof()));
        permit.attested()
                .request()
                .first(Evidence.CertificateChain.class)
                .map(chain -> chain.certificates().getFirst())
                .ifPresent(leaf -> certificate(attestation, leaf));
        facts(permit).ifPresent(facts -> json.set("payload", tree(facts)));
        return json;
    }

    private static Optional<String> hub(Permit permit, String name) {
        return permit.attested().recognized().hubs().stream()
                .filter(hub -> hub.name().value().equals(name))
                .map(hub -> hub.endpoint().host())
                .findFirst();
    }

    private static void certificate(ObjectNode attestation, Bytes leaf) {
        attestation
                .putObject("clientCertificates")
                .putObject("primary")
                .put("certificate", Pem.of(leaf))
                .putObject("info")
                .put("sha256Thumbprint", leaf.sha256());
    }

    private static Optional<Json> facts(Permit permit) {
        return permit.snapshot().facts() instanceof Facts.Believed it ? it.values() : Optional.empty();
    }

    private static JsonNode tree(Json value) {
        try {
            return JSON.readTree(value.text());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("facts that were checked before are not JSON", e);
        }
    }

    /// Azure knows three; what else proves a device comes with a certificate in the end.
    private static String kind(Proof proof) {
        return switch (proof) {
            case Proof.SymmetricKeys _ -> "symmetricKey";
            case Proof.TpmManufacturers _, Proof.TpmPinned _ -> "tpm";
            case Proof.Authorities _, Proof.Pinned _, Proof.OneTimeTokens _, Proof.Claims _ -> "x509";
        };
    }
}
