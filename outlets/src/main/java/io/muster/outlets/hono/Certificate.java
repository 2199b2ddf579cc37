package io.muster.outlets.hono;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.device.Bytes;
import io.muster.core.device.Serial;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/// The credential by which Hono knows a device that shows its certificate: the subject and the end, nothing secret.
/// There is one of a device: the newest. Whatever credentials somebody else gave the device stay.
///
/// @param version of the device when the certificate came
/// @param subject by RFC 2253
record Certificate(String serial, long version, String subject, Instant notAfter) {

    private static final String TYPE = "x509-cert";

    /// @param der as it was issued
    static Certificate of(Bytes der, Serial serial, long version) {
        try {
            X509Certificate read = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der.toArray()));
            return new Certificate(
                    serial.toString(),
                    version,
                    read.getSubjectX500Principal().getName(X500Principal.RFC2253),
                    read.getNotAfter().toInstant());
        } catch (CertificateException e) {
            throw new IllegalStateException("a certificate that was issued here can be read", e);
        }
    }

    /// The credentials with this one in place of the one before; the same where that one is newer.
    ArrayNode over(JsonNode held) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        boolean newer = held.valueStream().anyMatch(it -> isOurs(it) && number(it) > version);
        held.valueStream().filter(it -> newer || !(isOurs(it) || isSame(it))).forEach(all::add);
        if (!newer) {
            all.add(json());
        }
        return all;
    }

    private ObjectNode json() {
        ObjectNode credential = JsonNodeFactory.instance
                .objectNode()
                .put("type", TYPE)
                .put("auth-id", subject)
                .put("enabled", true);
        credential
                .withObjectProperty("ext")
                .withObjectProperty("muster")
                .put("serial", serial)
                .put("version", version);
        credential
                .withArrayProperty("secrets")
                .addObject()
                .put("not-after", notAfter.truncatedTo(ChronoUnit.SECONDS).toString());
        return credential;
    }

    /// One that somebody else wrote for the same subject: there can be no two.
    private boolean isSame(JsonNode credential) {
        return credential.path("type").asText().equals(TYPE)
                && credential.path("auth-id").asText().equals(subject);
    }

    /// The credentials without the one of a certificate that was revoked.
    static ArrayNode without(JsonNode held, List<String> revoked) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        held.valueStream()
                .filter(it -> !isOurs(it)
                        || !revoked.contains(muster(it).path("serial").asText()))
                .forEach(all::add);
        return all;
    }

    private static boolean isOurs(JsonNode credential) {
        return muster(credential).path("serial").isTextual();
    }

    private static long number(JsonNode credential) {
        return muster(credential).path("version").asLong();
    }

    private static JsonNode muster(JsonNode credential) {
        return credential.path("ext").path("muster");
    }
}
