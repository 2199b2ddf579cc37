package io.muster.desk.roster;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.core.connectivity.Allocation;
import io.muster.core.connectivity.HookUrl;
import io.muster.core.device.FactName;
import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.policy.FactsReader;
import io.muster.core.roster.DeviceIdTemplate;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.NamedPolicies;
import io.muster.core.roster.Proof;
import io.muster.core.roster.ProvisioningTemplate;
import io.muster.core.roster.Treatment;
import io.muster.core.template.TemplateReader;
import io.muster.desk.exchange.Form;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// Reads an enrollment out of a request, and a change into the next version of one.
public final class EnrollmentForm {

    private static final int MOST_PAYLOAD_BYTES = 8 * 1024;

    private final ProofForm proofs;
    private final ProvisioningForm provisioning;
    private final NamedPolicies policies;
    private final FactsForm facts;

    /// @param policies what templates may name
    public EnrollmentForm(ProofForm proofs, TemplateReader templates, NamedPolicies policies, FactsReader facts) {
        this.proofs = proofs;
        this.provisioning = new ProvisioningForm(templates);
        this.policies = policies;
        this.facts = new FactsForm(facts);
    }

    /// @param body as the contract has it
    public Form<Enrollment> first(Name tenant, JsonNode body) {
        return individual(body).then(individual -> proofs.read(tenant, body.path("proof"))
                .then(proof -> fitting(proof, individual.isPresent()))
                .then(proof -> treatment(tenant, usual(), proof, body)
                        .map(treatment -> new Enrollment(
                                tenant,
                                new Name(body.path("name").asText()),
                                1,
                                individual,
                                proof,
                                treatment,
                                body.path("enabled").asBoolean(true)))));
    }

    /// The version after `present`: what the body does not name stays.
    public Form<Enrollment> next(Enrollment present, JsonNode body) {
        return proof(present, body).then(proof -> treatment(present.tenant(), present.treatment(), proof, body)
                .map(treatment -> new Enrollment(
                        present.tenant(),
                        present.name(),
                        present.version() + 1,
                        present.individual(),
                        proof,
                        treatment,
                        body.path("enabled").asBoolean(present.enabled()))));
    }

    private static Form<Optional<RegistrationId>> individual(JsonNode body) {
        boolean individual = body.path("kind").asText().equals("individual");
        if (individual != body.has("registrationId")) {
            return Form.faulty(
                    "/registrationId",
                    individual
                            ? "An individual enrollment names the registration id of its one device."
                            : "A group has no registration id: it takes many devices.",
                    individual ? "Add registrationId." : "Leave registrationId out, or say kind individual.");
        }
        return Form.of(
                Optional.ofNullable(body.get("registrationId")).flatMap(id -> RegistrationId.parse(id.asText())));
    }

    private static Form<Proof> fitting(Proof proof, boolean individual) {
        return switch (proof) {
            case Proof.Authorities authorities ->
                individual
                        ? Form.faulty(
                                "/proof/x509",
                                "An individual enrollment pins its device's own certificate, not an authority.",
                                "Use proof x509Pinned, or say kind group.")
                        : Form.of(authorities);
            case Proof.Pinned pinned ->
                individual
                        ? Form.of(pinned)
                        : Form.faulty(
                                "/proof/x509Pinned",
                                "A group cannot pin one device's certificate.",
                                "Use proof x509 with the authority that issued it, or say kind individual.");
            case Proof.SymmetricKeys keys -> Form.of(keys);
            case Proof.OneTimeTokens tokens ->
                individual
                        ? Form.faulty(
                                "/proof/oneTimeTokens",
                                "An individual enrollment takes no one-time tokens: each token names its device already.",
                                "Say kind group without a registrationId, and make a token for the device.")
                        : Form.of(tokens);
            case Proof.Claims claims ->
                individual
                        ? Form.faulty(
                                "/proof/claims",
                                "An individual enrollment takes no claims: a claim is for many devices.",
                                "Say kind group without a registrationId.")
                        : Form.of(claims);
            case Proof.TpmManufacturers manufacturers ->
                individual
                        ? Form.faulty(
                                TpmProofForm.MANUFACTURERS_AT,
                                "An individual enrollment pins its device's own TPM, not a manufacturer.",
                                "Give endorsementKey instead, or say kind group.")
                        : Form.of(manufacturers);
            case Proof.TpmPinned pinned ->
                individual
                        ? Form.of(pinned)
                        : Form.faulty(
                                EndorsementKeyForm.AT,
                                "A group cannot pin one device's TPM.",
                                "Give manufacturers, with the key in allowed, or say kind individual.");
        };
    }

    private Form<Proof> proof(Enrollment present, JsonNode body) {
        if (!body.has("proof")) {
            return Form.of(present.proof());
        }
        if (body.path("proof").has("symmetricKey")) {
            return Form.faulty(
                    "/proof/symmetricKey", "Symmetric keys are not set but rotated.", "POST to …/keys/rotate instead.");
        }
        return proofs.change(present, body.path("proof"))
                .then(proof -> proof.getClass().equals(present.proof().getClass())
                        ? Form.of(proof)
                        : Form.faulty(
                                "/proof",
                                "The enrollment asks for " + present.proof().words() + "; that kind never changes.",
                                "Create another enrollment for the other kind of proof."));
    }

    private static Treatment usual() {
        return new Treatment(
                new Allocation.Hashed(List.of()),
                Treatment.Reprovision.MIGRATE,
                Treatment.KeyChange.REFUSE,
                DeviceIdTemplate.REGISTRATION_ID,
                Optional.empty(),
                Optional.empty());
    }

    private Form<Treatment> treatment(Name tenant, Treatment present, Proof proof, JsonNode body) {
        return allocation(present, body)
                .then(allocation -> deviceId(present, body).then(deviceId -> payload(present, body)
                        .then(payload -> CertificateTermsForm.read(present.certificates(), body)
                                .then(certificates -> provisioning
                                        .read(
                                                present.template(),
                                                proof,
                                                body,
                                                template -> PoliciesOfTemplate.there(policies, tenant, template))
                                        .then(template -> one(allocation, template))
                                        .then(template -> facts.read(present.facts(), body)
                                                .map(terms -> new Treatment(
                                                        allocation,
                                                        chosen(
                                                                body,
                                                                "reprovision",
                                                                Treatment.Reprovision.class,
                                                                present.reprovision()),
                                                        chosen(
                                                                body,
                                                                "keyChange",
                                                                Treatment.KeyChange.class,
                                                                present.keyChange()),
                                                        deviceId,
                                                        type(present, body),
                                                        payload,
                                                        certificates,
                                                        searchable(present, body),
                                                        chosen(
                                                                body,
                                                                "admission",
                                                                Treatment.Admission.class,
                                                                present.admission()),
                                                        template,
                                                        terms)))))));
    }

    private static Form<Allocation> allocation(Treatment present, JsonNode body) {
        if (!body.has("allocation")) {
            return Form.of(present.allocation());
        }
        List<Name> hubs = StreamSupport.stream(
                        body.path("allocation").path("hubs").spliterator(), false)
                .map(hub -> new Name(hub.asText()))
                .toList();
        if (body.path("allocation").path("policy").asText().equals("hashed")) {
            return Form.of(new Allocation.Hashed(hubs));
        }
        if (body.path("allocation").path("policy").asText().equals("custom")) {
            return hook("/allocation/hook", body.path("allocation").path("hook"))
                    .map(hook -> new Allocation.Custom(hubs, hook));
        }
        return hubs.size() == 1
                ? Form.of(new Allocation.Static(hubs.getFirst()))
                : Form.faulty(
                        "/allocation/hubs",
                        "Static allocation sends all devices to one hub, and the request names " + hubs.size() + ".",
                        "Name exactly one hub, or use policy hashed.");
    }

    /// Of two hooks one could overrule the other.
    private static Form<Optional<ProvisioningTemplate>> one(
            Allocation allocation, Optional<ProvisioningTemplate> template) {
        return allocation instanceof Allocation.Custom
                        && template.flatMap(ProvisioningTemplate::hook).isPresent()
                ? Form.faulty(
                        "/preProvisioningHook",
                        "An enrollment asks one hook: where its devices go, or whether its template makes them.",
                        "Use another allocation, or leave preProvisioningHook out.")
                : Form.of(template);
    }

    static Form<HookUrl> hook(String at, JsonNode url) {
        return HookUrl.parse(url.asText())
                .<Form<HookUrl>>map(Form::of)
                .orElseGet(() -> Form.faulty(at, "This is not where a hook can be.", "Give " + HookUrl.RULE + "."));
    }

    private static Form<DeviceIdTemplate> deviceId(Treatment present, JsonNode body) {
        if (!body.has("deviceIdTemplate")) {
            return Form.of(present.deviceId());
        }
        if (body.path("deviceIdTemplate").isNull()) {
            return Form.of(DeviceIdTemplate.REGISTRATION_ID);
        }
        return DeviceIdTemplate.parse(body.path("deviceIdTemplate").asText())
                .<Form<DeviceIdTemplate>>map(Form::of)
                .orElseGet(() -> Form.faulty(
                        "/deviceIdTemplate", "The template is not one.", "Use " + DeviceIdTemplate.RULE + "."));
    }

    private static Form<Optional<Json>> payload(Treatment present, JsonNode body) {
        JsonNode payload = body.path("payload");
        if (payload.isMissingNode()) {
            return Form.of(present.payload());
        }
        if (payload.isNull()) {
            return Form.of(Optional.empty());
        }
        String text = payload.toString();
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        return bytes <= MOST_PAYLOAD_BYTES
                ? Form.of(Optional.of(new Json(text)))
                : Form.faulty(
                        "/payload",
                        "The payload has " + bytes + " bytes; at most " + MOST_PAYLOAD_BYTES
                                + " are handed to a device.",
                        "Make it smaller, or put a link to the rest into it.");
    }

    private static Optional<String> type(Treatment present, JsonNode body) {
        return body.has("type") ? Optional.ofNullable(body.path("type").textValue()) : present.type();
    }

    /// The contract lets only names of facts pass.
    private static List<FactName> searchable(Treatment present, JsonNode body) {
        return body.has("searchable")
                ? StreamSupport.stream(body.path("searchable").spliterator(), false)
                        .map(name -> new FactName(name.asText()))
                        .distinct()
                        .toList()
                : present.searchable();
    }

    /// The contract allows only the names of the choices, in lower case.
    private static <E extends Enum<E>> E chosen(JsonNode body, String field, Class<E> choices, E present) {
        return body.has(field) ? Enum.valueOf(choices, body.path(field).asText().toUpperCase(Locale.ROOT)) : present;
    }
}
