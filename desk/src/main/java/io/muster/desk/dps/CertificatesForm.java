package io.muster.desk.dps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.device.Name;
import io.muster.core.roster.Anchor;
import io.muster.core.roster.Proof;
import io.muster.desk.exchange.Form;
import io.muster.desk.imports.reading.Pem;
import io.muster.desk.roster.ProofForm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the X.509 part of an attestation: a device's own certificates, authorities that come along, or
/// authorities by the names under which they are registered. A certificate of which only its information comes
/// back is the one that is there.
final class CertificatesForm {

    private static final String AT = "/attestation/x509";
    private static final Set<String> WAYS = Set.of("clientCertificates", "signingCertificates", "caReferences");

    private final ProofForm proofs;
    private final EnrollmentKind kind;
    private final Optional<Proof> present;

    CertificatesForm(ProofForm proofs, EnrollmentKind kind, Optional<Proof> present) {
        this.proofs = proofs;
        this.kind = kind;
        this.present = present;
    }

    Form<Proof> read(Name tenant, JsonNode x509) {
        return Fields.only(x509, AT, WAYS).then(_ -> way(x509)).then(way -> switch (kind) {
            case INDIVIDUAL ->
                way.equals("clientCertificates")
                        ? certificates(tenant, x509.path(way), way)
                        : misplaced(way, "An individual enrollment pins its device's own certificates.");
            case GROUP ->
                switch (way) {
                    case "signingCertificates" -> certificates(tenant, x509.path(way), way);
                    case "caReferences" -> references(tenant, x509.path(way));
                    default -> misplaced(way, "A group trusts authorities, not certificates of devices.");
                };
        });
    }

    private static Form<String> way(JsonNode x509) {
        List<String> named =
                WAYS.stream().filter(it -> !Fields.hollow(x509.path(it))).toList();
        return named.size() == 1
                ? Form.of(named.getFirst())
                : Form.faulty(
                        AT,
                        "An X.509 attestation has exactly one of clientCertificates, signingCertificates and"
                                + " caReferences.",
                        "Send one of them.");
    }

    private static Form<Proof> misplaced(String way, String why) {
        return Form.faulty(
                AT + "/" + way,
                why,
                "Use clientCertificates in an individual enrollment, signingCertificates or caReferences in a group.");
    }

    private Form<Proof> certificates(Name tenant, JsonNode pair, String way) {
        String at = AT + "/" + way;
        return Fields.only(pair, at, Set.of("primary", "secondary"))
                .then(_ -> one(pair.path("primary"), at + "/primary"))
                .then(primary -> one(pair.path("secondary"), at + "/secondary")
                        .then(secondary -> primary.isEmpty()
                                ? Form.faulty(at + "/primary", "There is no primary certificate.", "Send one.")
                                : proof(tenant, primary.get(), secondary)));
    }

    /// A certificate of a request.
    ///
    /// @param fresh whether it is not the one that was there
    private record Given(String pem, boolean fresh) {}

    private Form<Optional<Given>> one(JsonNode holder, String at) {
        if (Fields.hollow(holder)) {
            return Form.of(Optional.empty());
        }
        return Fields.only(holder, at, Set.of("certificate", "info"))
                .then(_ -> Fields.text(holder, "certificate", at + "/certificate"))
                .then(text -> text.isEmpty()
                        ? held(holder, at).map(pem -> Optional.of(new Given(pem, false)))
                        : Form.of(Optional.of(new Given(Pem.of(unwrapped(text)), true))));
    }

    /// Azure's portal and some of its tools send PEM once more in base64.
    private static String unwrapped(String text) {
        return text.startsWith("LS0tLS1CRUdJTi") ? new String(decoded(text), StandardCharsets.US_ASCII) : text;
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            return new byte[0];
        }
    }

    private Form<String> held(JsonNode holder, String at) {
        String thumbprint = holder.path("info").path("sha256Thumbprint").asText();
        return anchors().stream()
                .filter(anchor -> anchor.fingerprint().equalsIgnoreCase(thumbprint))
                .map(anchor -> pem(anchor.certificate().toArray()))
                .findFirst()
                .<Form<String>>map(Form::of)
                .orElseGet(() -> Form.faulty(
                        at + "/certificate",
                        "The certificate itself is missing, and the enrollment has none of this thumbprint.",
                        "Send the certificate in PEM, or its DER form in base64."));
    }

    private List<Anchor> anchors() {
        List<Anchor> anchors = new ArrayList<>();
        if (present.isPresent()) {
            switch (present.get()) {
                case Proof.Authorities(List<Anchor> held) -> anchors.addAll(held);
                case Proof.Pinned(Anchor primary, Optional<Anchor> secondary) -> {
                    anchors.add(primary);
                    secondary.ifPresent(anchors::add);
                }
                case Proof.SymmetricKeys _,
                        Proof.OneTimeTokens _,
                        Proof.Claims _,
                        Proof.TpmManufacturers _,
                        Proof.TpmPinned _ -> {}
            }
        }
        return anchors;
    }

    /// One that was there is not read again: it may have expired by now, and that is no matter of this change.
    private Form<Proof> proof(Name tenant, Given primary, Optional<Given> secondary) {
        boolean same = !primary.fresh()
                && secondary.filter(Given::fresh).isEmpty()
                && anchors().size() == 1 + (secondary.isPresent() ? 1 : 0);
        if (same && present.isPresent()) {
            return Form.of(present.get());
        }
        ObjectNode proof = JsonNodeFactory.instance.objectNode();
        switch (kind) {
            case INDIVIDUAL -> {
                ObjectNode pinned = proof.putObject("x509Pinned").put("primary", primary.pem());
                secondary.ifPresent(it -> pinned.put("secondary", it.pem()));
            }
            case GROUP ->
                proof.putObject("x509")
                        .put(
                                "caCertificates",
                                primary.pem()
                                        + secondary.map(it -> "\n" + it.pem()).orElse(""));
        }
        return proofs.read(tenant, proof).then(CertificatesForm::sayable);
    }

    private static Form<Proof> sayable(Proof proof) {
        return proof instanceof Proof.Authorities(var anchors) && anchors.size() > EnrollmentKind.MOST_AUTHORITIES
                ? Form.faulty(
                        AT + "/signingCertificates",
                        "These are more than a primary and a secondary certificate.",
                        "Send one certificate in each, or make the group here: muster enrollment create --x509-ca")
                : Form.of(proof);
    }

    private Form<Proof> references(Name tenant, JsonNode references) {
        String at = AT + "/caReferences";
        return Fields.only(references, at, Set.of("primary", "secondary"))
                .then(_ -> Fields.text(references, "primary", at + "/primary"))
                .then(primary -> Fields.text(references, "secondary", at + "/secondary")
                        .then(secondary -> named(tenant, primary, secondary, at)));
    }

    private Form<Proof> named(Name tenant, String primary, String secondary, String at) {
        ObjectNode proof = JsonNodeFactory.instance.objectNode();
        var names = proof.putObject("x509").putArray("anchors").add(primary);
        if (!secondary.isEmpty()) {
            names.add(secondary);
        }
        return primary.isEmpty()
                ? Form.faulty(at + "/primary", "There is no primary authority.", "Name one: muster anchor list")
                : proofs.read(tenant, proof);
    }

    private static String pem(byte[] der) {
        return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END CERTIFICATE-----\n";
    }
}
