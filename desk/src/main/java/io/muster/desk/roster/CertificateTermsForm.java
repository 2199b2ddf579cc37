package io.muster.desk.roster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.device.Name;
import io.muster.core.roster.CertificateProfile;
import io.muster.core.roster.CertificateTerms;
import io.muster.desk.exchange.Form;
import io.muster.desk.exchange.IsoDuration;
import java.time.Duration;
import java.util.Optional;

/// Reads and shows on what terms devices get certificates.
final class CertificateTermsForm {

    private CertificateTermsForm() {}

    /// The terms that an enrollment's body leads to: what it does not name stays.
    static Form<CertificateTerms> read(CertificateTerms present, JsonNode enrollment) {
        JsonNode body = enrollment.path("certificates");
        return renewAfter(present, body).then(renewAfter -> grace(present, body)
                .map(grace -> new CertificateTerms(
                        body.has("profile") ? new Name(body.path("profile").asText()) : present.profile(),
                        renewAfter,
                        grace,
                        body.path("rekey").asBoolean(present.rekey()),
                        body.path("subjectChange").asBoolean(present.subjectChange()))));
    }

    static ObjectNode show(CertificateTerms terms) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("profile", terms.profile().value());
        terms.renewAfter().ifPresent(span -> json.put("renewAfter", IsoDuration.show(span)));
        return json.put("grace", IsoDuration.show(terms.grace()))
                .put("rekey", terms.rekey())
                .put("subjectChange", terms.subjectChange());
    }

    private static Form<Optional<Duration>> renewAfter(CertificateTerms present, JsonNode body) {
        if (!body.has("renewAfter")) {
            return Form.of(present.renewAfter());
        }
        return body.path("renewAfter").isNull()
                ? Form.of(Optional.empty())
                : IsoDuration.read(
                                body.path("renewAfter").asText(),
                                "/certificates/renewAfter",
                                Duration.ZERO,
                                CertificateProfile.MAX_LIFE)
                        .map(Optional::of);
    }

    private static Form<Duration> grace(CertificateTerms present, JsonNode body) {
        return body.has("grace")
                ? IsoDuration.read(
                        body.path("grace").asText(), "/certificates/grace", Duration.ZERO, CertificateTerms.MAX_GRACE)
                : Form.of(present.grace());
    }
}
