package io.muster.desk.certificates;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.device.Credential;
import io.muster.core.ledger.Certificates;
import io.muster.desk.exchange.Spelling;
import java.time.Instant;
import java.util.Optional;

/// Shows a certificate, in a list or alone, and an authority.
final class CertificateJson {

    private CertificateJson() {}

    static ObjectNode summary(Certificates.Kept kept) {
        Credential credential = kept.credential();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("serial", credential.serial().toString())
                .put("state", Spelling.of(credential.state()))
                .put("registrationId", kept.registrationId().display())
                .put("enrollment", kept.enrollment().value())
                .put("profile", kept.profile())
                .put("keyFingerprint", credential.key().fingerprint())
                .put("issuedAt", credential.issuedAt().toString())
                .put("notAfter", credential.notAfter().toString())
                .put("issuer", credential.issuer())
                .put("crlShard", credential.shard());
        kept.revokedAt().ifPresent(ended -> json.put("revokedAt", ended.at().toString())
                .put("reason", Spelling.of(ended.reason())));
        return json;
    }

    /// @param renewAfter from when on it may be renewed, where it may
    static ObjectNode whole(Certificates.Kept kept, Optional<Instant> renewAfter) {
        SignedCertificate certificate = new SignedCertificate(kept.certificate());
        ObjectNode json = summary(kept)
                .put("subject", certificate.subject())
                .put("notBefore", certificate.notBefore().toString());
        renewAfter.ifPresent(at -> json.put("renewAfter", at.toString()));
        return json.put("pem", certificate.pem());
    }

    static ObjectNode authority(SignedCertificate certificate) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("subject", certificate.subject())
                .put("fingerprint", certificate.fingerprint())
                .put("notAfter", certificate.notAfter().toString())
                .put("pem", certificate.pem());
    }
}
