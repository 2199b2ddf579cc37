package io.muster.desk.roster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.connectivity.Allocation;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Json;
import io.muster.core.device.Secret;
import io.muster.core.roster.Anchor;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.roster.ProvisioningTemplate;
import io.muster.core.roster.Treatment;
import java.util.Base64;
import java.util.Locale;

/// Shows an enrollment. Keys are shown where they are made, and nowhere else.
final class EnrollmentJson {

    private static final JsonMapper JSON = new JsonMapper();

    private EnrollmentJson() {}

    static ObjectNode show(Enrollment enrollment) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", enrollment.name().value());
        json.put("tenant", enrollment.tenant().value());
        json.put("version", enrollment.version());
        json.put("kind", enrollment.individual().isPresent() ? "individual" : "group");
        enrollment.individual().ifPresent(id -> json.put("registrationId", id.display()));
        json.put("enabled", enrollment.enabled());
        json.set("proof", proof(enrollment.proof()));
        treatment(json, enrollment.treatment());
        return json;
    }

    static ObjectNode showWithKeys(Enrollment enrollment) {
        ObjectNode json = show(enrollment);
        if (enrollment.proof() instanceof Proof.SymmetricKeys keys) {
            json.withObject("/proof/symmetricKey")
                    .put("primaryKey", base64(keys.primary()))
                    .put("secondaryKey", base64(keys.secondary()));
        }
        return json;
    }

    static String base64(Secret key) {
        return Base64.getEncoder().encodeToString(key.reveal());
    }

    private static ObjectNode proof(Proof proof) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        switch (proof) {
            case Proof.Authorities authorities -> {
                var list = json.putObject("x509").putArray("caCertificates");
                authorities.anchors().forEach(anchor -> list.add(certificate(anchor)));
            }
            case Proof.Pinned pinned -> {
                ObjectNode pins = json.putObject("x509Pinned");
                pins.set("primary", certificate(pinned.primary()));
                pinned.secondary().ifPresent(second -> pins.set("secondary", certificate(second)));
            }
            case Proof.SymmetricKeys _ -> json.putObject("symmetricKey");
            case Proof.OneTimeTokens _ -> json.putObject("oneTimeTokens");
            case Proof.Claims _ -> json.putObject("claims");
            case Proof.TpmManufacturers tpm -> {
                ObjectNode group = json.putObject("tpm")
                        .put("allowedCount", tpm.allowed().size())
                        .put("revocationCount", tpm.revocations().size());
                var list = group.putArray("manufacturers");
                tpm.anchors().forEach(anchor -> list.add(certificate(anchor)));
            }
            case Proof.TpmPinned tpm ->
                json.putObject("tpm").putObject("endorsementKey").put("fingerprint", fingerprint(tpm));
        }
        return json;
    }

    private static String fingerprint(Proof.TpmPinned tpm) {
        return IdentityKey.ofEndorsementKey(tpm.endorsementKey().toArray()).fingerprint();
    }

    private static ObjectNode certificate(Anchor anchor) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("subject", anchor.subject())
                .put("fingerprint", anchor.fingerprint())
                .put("notAfter", anchor.notAfter().toString());
    }

    private static void treatment(ObjectNode json, Treatment treatment) {
        ObjectNode allocation = json.putObject("allocation");
        switch (treatment.allocation()) {
            case Allocation.Hashed hashed -> {
                var hubs = allocation.put("policy", "hashed").putArray("hubs");
                hashed.hubs().forEach(hub -> hubs.add(hub.value()));
            }
            case Allocation.Custom custom -> {
                var hubs = allocation
                        .put("policy", "custom")
                        .put("hook", custom.hook().text())
                        .putArray("hubs");
                custom.hubs().forEach(hub -> hubs.add(hub.value()));
            }
            case Allocation.Static fixed ->
                allocation
                        .put("policy", "static")
                        .putArray("hubs")
                        .add(fixed.hub().value());
        }
        json.put("reprovision", treatment.reprovision().name().toLowerCase(Locale.ROOT));
        json.put("keyChange", treatment.keyChange().name().toLowerCase(Locale.ROOT));
        json.put("deviceIdTemplate", treatment.deviceId().text());
        treatment.type().ifPresent(type -> json.put("type", type));
        treatment.payload().ifPresent(payload -> json.set("payload", tree(payload)));
        json.put("admission", treatment.admission().name().toLowerCase(Locale.ROOT));
        treatment.template().ifPresent(template -> json.set("template", tree(template.source())));
        treatment
                .template()
                .flatMap(ProvisioningTemplate::hook)
                .ifPresent(hook -> json.put("preProvisioningHook", hook.text()));
        if (!treatment.searchable().isEmpty()) {
            var searchable = json.putArray("searchable");
            treatment.searchable().forEach(fact -> searchable.add(fact.pointer()));
        }
        treatment.facts().schema().ifPresent(schema -> json.set("factsSchema", tree(schema)));
        treatment.facts().set().ifPresent(set -> json.set("setFacts", tree(set)));
        json.set("certificates", CertificateTermsForm.show(treatment.certificates()));
    }

    private static JsonNode tree(Json value) {
        try {
            return JSON.readTree(value.text());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A payload that was checked when it was stored is not JSON", e);
        }
    }
}
