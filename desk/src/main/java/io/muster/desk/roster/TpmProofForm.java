package io.muster.desk.roster;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.core.roster.Anchor;
import io.muster.core.roster.AnchorReader;
import io.muster.core.roster.Proof;
import io.muster.desk.exchange.Form;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Reads what devices with a TPM prove themselves by: their chips' makers, or one chip.
final class TpmProofForm {

    static final String MANUFACTURERS_AT = "/proof/tpm/manufacturers";

    private TpmProofForm() {}

    private static final String ALLOWED_AT = "/proof/tpm/allowed";

    /// Nothing of a proof is there yet.
    private static final Proof.TpmManufacturers NOTHING = new Proof.TpmManufacturers(List.of(), List.of(), Set.of());

    /// Who reads the parts.
    ///
    /// @param manufacturers certificates in PEM
    record Readers(Function<String, Form<List<Anchor>>> manufacturers, AnchorReader revocations) {}

    /// A new proof.
    ///
    /// @param tpm as the contract has it; which members go together is checked here
    static Form<Proof> first(JsonNode tpm, Readers readers) {
        boolean group = tpm.has("manufacturers");
        if (group == tpm.has("endorsementKey")) {
            return Form.faulty(
                    "/proof/tpm",
                    "A TPM is known by its manufacturer (a group) or by its own endorsement key (an individual).",
                    "Give exactly one of manufacturers and endorsementKey.");
        }
        if (!group) {
            return pinned(tpm);
        }
        return tpm.has("allowed") && tpm.path("allowed").isEmpty()
                ? Form.faulty(
                        ALLOWED_AT,
                        "An empty list names no TPM.",
                        "Name 1 or more, or leave allowed out: then all TPMs of the manufacturers may come.")
                : manufacturers(NOTHING, tpm, readers);
    }

    /// The next version of a group's proof. What the body does not name stays: a change of something else never
    /// widens who may come.
    static Form<Proof> next(Proof.TpmManufacturers present, JsonNode tpm, Readers readers) {
        return tpm.has("endorsementKey") ? first(tpm, readers) : manufacturers(present, tpm, readers);
    }

    /// The next version of a pinned one: only the key can be another.
    static Form<Proof> nextPinned(JsonNode tpm, Readers readers) {
        return tpm.has("manufacturers") ? first(tpm, readers) : pinned(tpm);
    }

    private static Form<Proof> pinned(JsonNode tpm) {
        if (tpm.has("allowed")) {
            return Form.faulty(
                    ALLOWED_AT,
                    "A list of endorsement keys goes with manufacturers; this enrollment pins one key already.",
                    "Leave allowed out.");
        }
        if (tpm.has("revocations")) {
            return Form.faulty(
                    RevocationsForm.AT,
                    "Revocation lists go with manufacturers; this enrollment pins one key and asks for no certificate.",
                    "Leave revocations out; to lock the board out, disable the enrollment.");
        }
        return EndorsementKeyForm.read(tpm.path("endorsementKey").asText()).map(Proof.TpmPinned::new);
    }

    private static Form<Proof> manufacturers(Proof.TpmManufacturers present, JsonNode tpm, Readers readers) {
        Form<List<Anchor>> makers = tpm.has("manufacturers")
                ? readers.manufacturers().apply(tpm.path("manufacturers").asText())
                : Form.of(present.anchors());
        return makers.then(anchors -> RevocationsForm.read(readers.revocations(), tpm, present.revocations())
                .map(lists -> new Proof.TpmManufacturers(anchors, lists, allowed(tpm, present.allowed()))));
    }

    /// An empty list, and null, take the list away.
    private static Set<String> allowed(JsonNode tpm, Set<String> present) {
        return tpm.has("allowed")
                ? StreamSupport.stream(tpm.path("allowed").spliterator(), false)
                        .map(fingerprint -> fingerprint.asText().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet())
                : present;
    }
}
