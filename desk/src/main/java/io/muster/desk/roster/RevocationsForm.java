package io.muster.desk.roster;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.core.device.Bytes;
import io.muster.core.roster.AnchorReader;
import io.muster.core.roster.AnchorReader.RevocationReading;
import io.muster.desk.exchange.Form;
import java.util.List;

/// Reads the revocation lists of TPM manufacturers.
final class RevocationsForm {

    static final String AT = "/proof/tpm/revocations";

    private RevocationsForm() {}

    /// @param tpm     as the contract has it; an empty text and null stand for no list
    /// @param present the lists that are there already, for a body that does not name any
    static Form<List<Bytes>> read(AnchorReader reader, JsonNode tpm, List<Bytes> present) {
        if (!tpm.has("revocations")) {
            return Form.of(present);
        }
        String pem = tpm.path("revocations").asText("");
        return pem.isEmpty() ? Form.of(List.of()) : lists(reader.revocations(pem));
    }

    private static Form<List<Bytes>> lists(RevocationReading reading) {
        return switch (reading) {
            case RevocationReading.Read(List<Bytes> lists) -> Form.of(lists);
            case RevocationReading.Unreadable(String what) ->
                Form.faulty(
                        AT,
                        "The revocation lists cannot be used: " + what + ".",
                        "Give them in PEM (-----BEGIN X509 CRL-----), one after the other. For a list in DER: "
                                + "openssl crl -inform DER -in list.crl -out list.pem");
        };
    }
}
