package io.muster.desk.imports.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.device.RegistrationId;
import io.muster.core.roster.Import.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// One enrollment of Azure's Device Provisioning Service, and the enrollment that it becomes here.
final class AzureBody {

    /// What is about Azure's own bookkeeping.
    private static final Set<String> NOTHING_OF_OURS =
            Set.of("etag", "createdDateTimeUtc", "lastUpdatedDateTimeUtc", "registrationState");

    private static final Set<String> MAPPED = Set.of(
            "registrationId",
            "enrollmentGroupId",
            "deviceId",
            "attestation",
            "allocationPolicy",
            "iotHubs",
            "iotHubHostName",
            "reprovisionPolicy",
            "provisioningStatus");

    private final long line;
    private final ObjectNode from;
    private final boolean group;
    private final ObjectNode body = JsonNodeFactory.instance.objectNode();
    private final List<Finding> findings = new ArrayList<>();

    AzureBody(long line, ObjectNode from) {
        this.line = line;
        this.from = from;
        this.group = from.path("enrollmentGroupId").isTextual();
    }

    Item item() {
        String id = from.path(group ? "enrollmentGroupId" : "registrationId").asText();
        body.put("kind", group ? "group" : "individual");
        RegistrationId.parse(id)
                .ifPresent(parsed -> body.put("name", OwnName.of(parsed).value()));
        if (!group) {
            body.put("registrationId", id);
            deviceId(id);
        }
        proof();
        allocation();
        reprovision();
        body.put("enabled", !from.path("provisioningStatus").asText().equalsIgnoreCase("disabled"));
        rest();
        boolean bad = findings.stream().anyMatch(Finding::bad);
        return new Item(line, bad ? Optional.empty() : Optional.of(body), findings);
    }

    /// Azure lets an operator choose any device id; here it is made of the registration id.
    private void deviceId(String id) {
        String deviceId = from.path("deviceId").asText("");
        if (deviceId.isEmpty() || from.path("deviceId").isNull() || deviceId.equals(id)) {
            return;
        }
        if (deviceId.contains(id)) {
            body.put("deviceIdTemplate", deviceId.replace(id, "{registrationId}"));
        } else {
            note(
                    "/deviceId",
                    "A device id that does not contain the registration id is not taken over: the device is known by"
                            + " its registration id.",
                    "Let what reads device ids expect registration ids, or keep this device where it is.");
        }
    }

    private void proof() {
        JsonNode attestation = from.path("attestation");
        switch (attestation.path("type").asText("").toLowerCase(Locale.ROOT)) {
            case "symmetrickey" -> symmetric(attestation.path("symmetricKey"));
            case "x509" -> x509(attestation.path("x509"));
            case "tpm" -> tpm(attestation.path("tpm").path("endorsementKey").asText(""));
            default ->
                bad(
                        "/attestation/type",
                        "The kind of attestation is not known here.",
                        "Use symmetricKey, x509 or tpm.");
        }
    }

    private void symmetric(JsonNode keys) {
        String primary = keys.path("primaryKey").asText("");
        if (primary.isEmpty() || keys.path("primaryKey").isNull()) {
            bad(
                    "/attestation/symmetricKey/primaryKey",
                    "The keys are not in the file: a list does not print them.",
                    "Send what this prints instead: az iot dps " + (group ? "enrollment-group" : "enrollment")
                            + " show --show-keys -o json, for each of them; docs/migrating.md has a loop for it.");
            return;
        }
        ObjectNode mine = body.putObject("proof").putObject("symmetricKey").put("primaryKey", primary);
        if (keys.path("secondaryKey").isTextual()
                && !keys.path("secondaryKey").asText().isEmpty()) {
            mine.put("secondaryKey", keys.path("secondaryKey").asText());
        }
    }

    private void x509(JsonNode x509) {
        JsonNode held = x509.path(group ? "signingCertificates" : "clientCertificates");
        if (!held.isObject()) {
            bad(
                    "/attestation/x509",
                    group
                            ? "The group trusts a CA by the name that it has in DPS, and the file does not hold that CA."
                            : "The enrollment has no certificate of its device's.",
                    group
                            ? "Fetch the CA's certificate (az iot dps certificate show -o json has it in"
                                    + " properties.certificate), and create the group: muster enrollment create NAME"
                                    + " --x509-ca ca.pem"
                            : "Create it with the device's certificate: muster enrollment create NAME --x509-cert leaf.pem"
                                    + " --registration-id ID");
            return;
        }
        Optional<String> primary = certificate(held.path("primary"));
        Optional<String> secondary = certificate(held.path("secondary"));
        if (primary.isEmpty()) {
            bad(
                    "/attestation/x509/" + (group ? "signingCertificates" : "clientCertificates") + "/primary",
                    "The certificate itself is not in the file, only what it is about: DPS does not print what was"
                            + " uploaded.",
                    "Put its PEM into the file, as \"certificate\" beside \"info\"; docs/migrating.md says how.");
            return;
        }
        ObjectNode proof = body.putObject("proof");
        if (group) {
            proof.putObject("x509")
                    .put(
                            "caCertificates",
                            primary.get() + secondary.map(it -> "\n" + it).orElse(""));
        } else {
            ObjectNode pinned = proof.putObject("x509Pinned").put("primary", primary.get());
            secondary.ifPresent(it -> pinned.put("secondary", it));
        }
    }

    /// PEM, or PEM once more in base64, or the DER form in base64: all three are seen.
    private static Optional<String> certificate(JsonNode holder) {
        String text = holder.path("certificate").isTextual()
                ? holder.path("certificate").asText()
                : "";
        return text.isBlank() ? Optional.empty() : Optional.of(Pem.of(text));
    }

    private void tpm(String endorsementKey) {
        body.putObject("proof")
                .putObject("tpm")
                .put(
                        "endorsementKey",
                        TpmPublic.toSubjectPublicKeyInfo(endorsementKey).orElse(endorsementKey));
    }

    private void allocation() {
        List<String> hubs = new ArrayList<>();
        from.path("iotHubs").forEach(hub -> hubs.add(hub(hub.asText())));
        if (hubs.isEmpty() && from.path("iotHubHostName").isTextual()) {
            hubs.add(hub(from.path("iotHubHostName").asText()));
        }
        String policy = from.path("allocationPolicy").asText("").toLowerCase(Locale.ROOT);
        boolean fixed = policy.equals("static") && hubs.size() == 1;
        if (policy.equals("geolatency") || policy.equals("custom")) {
            note(
                    "/allocationPolicy",
                    "Allocation by latency or by a function of one's own is not taken over: the device is put on one of"
                            + " the hubs by a hash.",
                    "Name the one hub where it matters: muster enrollment change NAME --hub HUB");
        }
        ObjectNode allocation = body.putObject("allocation").put("policy", fixed ? "static" : "hashed");
        var list = allocation.putArray("hubs");
        hubs.stream().distinct().forEach(list::add);
    }

    /// A hub is called as the first label of its host name.
    private static String hub(String host) {
        int dot = host.indexOf('.');
        return (dot < 0 ? host : host.substring(0, dot)).toLowerCase(Locale.ROOT);
    }

    private void reprovision() {
        JsonNode policy = from.path("reprovisionPolicy");
        boolean update = policy.path("updateHubAssignment").asBoolean(true);
        boolean migrate = policy.path("migrateDeviceData").asBoolean(true);
        body.put("reprovision", update ? migrate ? "migrate" : "reset" : "keep");
    }

    private void rest() {
        from.properties().forEach(field -> {
            String name = field.getKey();
            boolean empty = field.getValue().isNull() || saysNothing(name, field.getValue());
            if (!empty && !MAPPED.contains(name) && !NOTHING_OF_OURS.contains(name)) {
                note("/" + name, words(name), "Set it where it is kept from now on, or do without it.");
            }
        });
    }

    private static boolean saysNothing(String name, JsonNode value) {
        boolean hollow = value.isContainerNode() && value.isEmpty();
        return hollow || (name.equals("capabilities") && !value.path("iotEdge").asBoolean());
    }

    private static String words(String name) {
        return switch (name) {
            case "initialTwin" ->
                "The initial twin is not taken over: there are no twins here; a payload may be handed to the device"
                        + " instead.";
            case "capabilities" -> "That it is an IoT Edge device is not taken over.";
            case "customAllocationDefinition" -> "The function that allocates is not taken over.";
            case "optionalDeviceInformation" -> "The optional device information is not taken over.";
            default -> "This field is not known here, and not taken over.";
        };
    }

    private void bad(String field, String what, String remedy) {
        findings.add(new Finding(true, line, field, what, remedy));
    }

    private void note(String field, String what, String remedy) {
        findings.add(new Finding(false, line, field, what, remedy));
    }
}
