package io.muster.desk.dps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.device.Name;
import io.muster.core.device.Secret;
import io.muster.core.roster.Proof;
import io.muster.desk.exchange.Form;
import io.muster.desk.roster.ProofForm;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Reads an attestation mechanism of Azure's. What Azure never sends back, keys and certificates, stays as it is
/// where a change does not bring it.
final class AttestationForm {

    private static final String AT = "/attestation";
    private static final Set<String> TYPES = Set.of("symmetricKey", "x509", "tpm");

    private final ProofForm proofs;

    AttestationForm(ProofForm proofs) {
        this.proofs = proofs;
    }

    /// @param present what proves the enrollment's devices until now
    Form<Proof> read(Name tenant, EnrollmentKind kind, JsonNode attestation, Optional<Proof> present) {
        return Fields.only(attestation, AT, Set.of("type", "symmetricKey", "x509", "tpm"))
                .then(AttestationForm::oneType)
                .then(type -> switch (type) {
                    case "symmetrickey" -> symmetric(tenant, attestation.path("symmetricKey"), present);
                    case "x509" -> new CertificatesForm(proofs, kind, present).read(tenant, attestation.path("x509"));
                    case "tpm" -> tpm(tenant, kind, attestation.path("tpm"));
                    default ->
                        Form.faulty(
                                AT + "/type",
                                "This type of attestation is not known here.",
                                "Use symmetricKey, x509 or tpm.");
                })
                .then(proof -> sameKind(proof, present));
    }

    private static Form<String> oneType(JsonNode attestation) {
        String type = attestation.path("type").asText();
        boolean more = TYPES.stream()
                .filter(name -> !name.equalsIgnoreCase(type))
                .anyMatch(name -> !Fields.hollow(attestation.path(name)));
        return more
                ? Form.faulty(
                        AT,
                        "The attestation has parts of another type than it says.",
                        "Send the part of its type alone.")
                : Form.of(type.toLowerCase(Locale.ROOT));
    }

    private Form<Proof> symmetric(Name tenant, JsonNode keys, Optional<Proof> present) {
        String at = AT + "/symmetricKey";
        if (keys.isMissingNode() || keys.isNull()) {
            return symmetric(tenant, JsonNodeFactory.instance.objectNode(), present);
        }
        return Fields.only(keys, at, Set.of("primaryKey", "secondaryKey"))
                .then(_ -> Fields.text(keys, "primaryKey", at + "/primaryKey"))
                .then(primary -> Fields.text(keys, "secondaryKey", at + "/secondaryKey")
                        .then(secondary -> proofs.read(tenant, symmetric(primary, secondary, present))));
    }

    /// What is left out here is made by the reader.
    private static ObjectNode symmetric(String primary, String secondary, Optional<Proof> present) {
        ObjectNode proof = JsonNodeFactory.instance.objectNode();
        ObjectNode keys = proof.putObject("symmetricKey");
        if (present.isPresent() && present.get() instanceof Proof.SymmetricKeys held) {
            keys.put("primaryKey", base64(held.primary())).put("secondaryKey", base64(held.secondary()));
        }
        if (!primary.isEmpty()) {
            keys.put("primaryKey", primary);
        }
        if (!secondary.isEmpty()) {
            keys.put("secondaryKey", secondary);
        }
        return proof;
    }

    static String base64(Secret key) {
        return Base64.getEncoder().encodeToString(key.reveal());
    }

    private Form<Proof> tpm(Name tenant, EnrollmentKind kind, JsonNode tpm) {
        if (kind == EnrollmentKind.GROUP) {
            return Form.faulty(
                    AT + "/type",
                    "An enrollment group of Azure's cannot ask for TPMs.",
                    "Enroll each TPM by itself, or make the group here: muster enrollment create --tpm-ca");
        }
        return Fields.only(tpm, AT + "/tpm", Set.of("endorsementKey", "storageRootKey"))
                .then(_ -> Fields.hollow(tpm.path("storageRootKey"))
                        ? Fields.text(tpm, "endorsementKey", AT + "/tpm/endorsementKey")
                        : Form.faulty(
                                AT + "/tpm/storageRootKey",
                                "A storage root key is not held here: each registration brings the present one.",
                                "Leave storageRootKey out."))
                .then(TpmPublicArea::read)
                .then(key -> {
                    ObjectNode proof = JsonNodeFactory.instance.objectNode();
                    proof.putObject("tpm").put("endorsementKey", key);
                    return proofs.read(tenant, proof);
                });
    }

    private static Form<Proof> sameKind(Proof proof, Optional<Proof> present) {
        return present.isEmpty() || present.get().getClass().equals(proof.getClass())
                ? Form.of(proof)
                : Form.faulty(
                        AT + "/type",
                        "The enrollment asks for " + present.get().words() + "; that kind never changes.",
                        "Delete the enrollment and create it anew.");
    }
}
