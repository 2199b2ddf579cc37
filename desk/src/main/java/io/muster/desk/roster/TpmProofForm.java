package io.muster.desk.roster;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.core.device.Bytes;
import io.muster.core.roster.Anchor;
import io.muster.core.roster.Proof;
import io.muster.desk.exchange.Form;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Reads what devices with a TPM prove themselves by: their chips' makers, or one chip.
final class TpmProofForm {

    static final String MANUFACTURERS_AT = "/proof/tpm/manufacturers";

    private TpmProofForm() {}

    /// @param tpm         as the contract has it; which members go together is checked here
    /// @param authorities reads the makers' certificates
    /// @param revocations what the makers took back
    static Form<Proof> read(
            JsonNode tpm, Function<String, Form<List<Anchor>>> authorities, Supplier<Form<List<Bytes>>> revocations) {
        boolean group = tpm.has("manufacturers");
        if (group == tpm.has("endorsementKey")) {
            return Form.faulty(
                    "/proof/tpm",
                    "A TPM is known by its manufacturer (a group) or by its own endorsement key (an individual).",
                    "Give exactly one of manufacturers and endorsementKey.");
        }
        if (!group && tpm.has("allowed")) {
            return Form.faulty(
                    "/proof/tpm/allowed",
                    "A list of endorsement keys goes with manufacturers; this enrollment pins one key already.",
                    "Leave allowed out.");
        }
        if (!group && tpm.has("revocations")) {
            return Form.faulty(
                    RevocationsForm.AT,
                    "Revocation lists go with manufacturers; this enrollment pins one key and asks for no certificate.",
                    "Leave revocations out; to lock the board out, disable the enrollment.");
        }
        return group
                ? authorities.apply(tpm.path("manufacturers").asText()).then(makers -> revocations
                        .get()
                        .map(lists -> new Proof.TpmManufacturers(makers, lists, allowed(tpm.path("allowed")))))
                : EndorsementKeyForm.read(tpm.path("endorsementKey").asText()).map(Proof.TpmPinned::new);
    }

    private static Set<String> allowed(JsonNode fingerprints) {
        return StreamSupport.stream(fingerprints.spliterator(), false)
                .map(fingerprint -> fingerprint.asText().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }
}
