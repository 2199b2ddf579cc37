package io.muster.desk.roster;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.core.device.Name;
import io.muster.core.device.Secret;
import io.muster.core.roster.Anchor;
import io.muster.core.roster.AnchorReader;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.roster.RegisteredAnchors;
import io.muster.desk.exchange.Form;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads how devices prove themselves. Keys that the operator does not bring are made here.
public final class ProofForm {

    private static final int MADE_KEY_BYTES = 32;

    private final AnchorReader certificates;
    private final RegisteredAnchors anchors;
    private final SecureRandom random;

    public ProofForm(AnchorReader certificates, RegisteredAnchors anchors, SecureRandom random) {
        this.anchors = anchors;
        this.certificates = certificates;
        this.random = random;
    }

    /// The proof of the next version. Of a TPM's, what the body does not name stays: makers publish revocation lists
    /// apart from their certificates, and a list of allowed keys must not go because it was not sent again.
    Form<Proof> change(Enrollment present, JsonNode proof) {
        JsonNode tpm = proof.path("tpm");
        return switch (present.proof()) {
            case Proof.TpmManufacturers makers when proof.has("tpm") -> TpmProofForm.next(makers, tpm, readers());
            case Proof.TpmPinned _ when proof.has("tpm") -> TpmProofForm.nextPinned(tpm, readers());
            case Proof.TpmManufacturers _,
                    Proof.TpmPinned _,
                    Proof.Authorities _,
                    Proof.Pinned _,
                    Proof.SymmetricKeys _,
                    Proof.OneTimeTokens _,
                    Proof.Claims _ -> read(present.tenant(), proof);
        };
    }

    /// @param proof as the contract has it: an object with exactly one of six members
    public Form<Proof> read(Name tenant, JsonNode proof) {
        if (proof.has("x509")) {
            return authorities(tenant, proof.path("x509"));
        }
        if (proof.has("x509Pinned")) {
            return pinned(proof.path("x509Pinned"));
        }
        if (proof.has("tpm")) {
            return TpmProofForm.first(proof.path("tpm"), readers());
        }
        if (proof.has("claims")) {
            return Form.of(new Proof.Claims());
        }
        return proof.has("oneTimeTokens") ? Form.of(new Proof.OneTimeTokens()) : keys(proof.path("symmetricKey"));
    }

    /// By certificates that come along, by anchors that are registered, or by both.
    private Form<Proof> authorities(Name tenant, JsonNode x509) {
        Form<List<Anchor>> brought = x509.has("caCertificates")
                ? authorities(x509.path("caCertificates").asText(), "/proof/x509/caCertificates")
                : Form.of(List.of());
        return brought.then(first -> NamedAnchors.read(anchors, tenant, x509.path("anchors"))
                .map(second -> Stream.concat(first.stream(), second.stream())
                        .distinct()
                        .toList())
                .then(all -> all.size() > Proof.Authorities.MAX
                        ? Form.faulty(
                                "/proof/x509",
                                "These are " + all.size() + " CA certificates; an enrollment has at most "
                                        + Proof.Authorities.MAX + ".",
                                "Make two enrollments of it.")
                        : Form.of(new Proof.Authorities(all))));
    }

    private TpmProofForm.Readers readers() {
        return new TpmProofForm.Readers(makers -> authorities(makers, TpmProofForm.MANUFACTURERS_AT), certificates);
    }

    Secret newKey() {
        byte[] key = new byte[MADE_KEY_BYTES];
        random.nextBytes(key);
        return Secret.of(key);
    }

    private Form<List<Anchor>> authorities(String pem, String at) {
        return anchors(certificates.authorities(pem), at)
                .then(anchors -> anchors.size() > Proof.Authorities.MAX
                        ? Form.faulty(
                                at,
                                "The file holds " + anchors.size() + " CA certificates; an enrollment has at most "
                                        + Proof.Authorities.MAX + ".",
                                "Name only the authorities that issue to this group.")
                        : Form.of(anchors));
    }

    private Form<Proof> pinned(JsonNode pinned) {
        Form<Anchor> primary = one(pinned.path("primary").asText(), "/proof/x509Pinned/primary");
        if (!pinned.has("secondary")) {
            return primary.map(anchor -> new Proof.Pinned(anchor, Optional.empty()));
        }
        return primary.then(first -> one(pinned.path("secondary").asText(), "/proof/x509Pinned/secondary")
                .map(second -> new Proof.Pinned(first, Optional.of(second))));
    }

    private Form<Anchor> one(String pem, String at) {
        return anchors(certificates.pinned(pem), at).map(List::getFirst);
    }

    private static Form<List<Anchor>> anchors(AnchorReader.Reading reading, String at) {
        return switch (reading) {
            case AnchorReader.Reading.Read(List<Anchor> anchors) -> Form.of(anchors);
            case AnchorReader.Reading.Unreadable(String what) ->
                Form.faulty(
                        at,
                        "The certificate cannot be used: " + what + ".",
                        "Give certificates in PEM: -----BEGIN CERTIFICATE----- and so on; no private key belongs here.");
        };
    }

    private Form<Proof> keys(JsonNode keys) {
        return key(keys, "primaryKey")
                .then(primary -> key(keys, "secondaryKey").map(second -> new Proof.SymmetricKeys(primary, second)));
    }

    private Form<Secret> key(JsonNode keys, String name) {
        if (!keys.has(name)) {
            return Form.of(newKey());
        }
        try {
            byte[] key = Base64.getDecoder().decode(keys.path(name).asText());
            if (key.length >= Proof.SymmetricKeys.MIN_BYTES && key.length <= Proof.SymmetricKeys.MAX_BYTES) {
                return Form.of(Secret.of(key));
            }
        } catch (IllegalArgumentException _) {
            // Told like a key of a wrong length: both are not keys.
        }
        return Form.faulty(
                "/proof/symmetricKey/" + name,
                "The key is not base64 of " + Proof.SymmetricKeys.MIN_BYTES + " to " + Proof.SymmetricKeys.MAX_BYTES
                        + " bytes.",
                "Leave it out to have one made, or make one with: openssl rand -base64 32");
    }
}
