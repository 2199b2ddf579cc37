package io.muster.outlets.hono;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/// What the Device Registry Management API, version 1, lets a client write: the schemas Device, CredentialsSet and
/// X509CertificateCredentials, which allow no other properties.
final class Contract {

    private static final Set<String> DEVICE = Set.of(
            "enabled",
            "defaults",
            "via",
            "viaGroups",
            "memberOf",
            "authorities",
            "downstream-message-mapper",
            "upstream-message-mapper",
            "ext",
            "status",
            "command-endpoint");
    private static final Set<String> CREDENTIAL = Set.of("type", "auth-id", "enabled", "ext", "secrets");
    private static final Set<String> X509_SECRET = Set.of("id", "enabled", "not-before", "not-after", "comment");
    private static final Set<String> TYPES = Set.of("hashed-password", "psk", "x509-cert", "rpk");

    private Contract() {}

    static boolean allowsDevice(JsonNode device) {
        return has(device, DEVICE)
                && (device.path("enabled").isMissingNode()
                        || device.path("enabled").isBoolean())
                && (device.path("ext").isMissingNode() || device.path("ext").isObject())
                && device.path("status").isMissingNode();
    }

    static boolean allowsCredentials(JsonNode credentials) {
        Set<String> keys = new HashSet<>();
        return credentials.isArray()
                && credentials
                        .valueStream()
                        .allMatch(it -> allowsCredential(it)
                                && keys.add(it.path("type").asText() + " "
                                        + it.path("auth-id").asText()));
    }

    private static boolean allowsCredential(JsonNode credential) {
        return has(credential, CREDENTIAL)
                && TYPES.contains(credential.path("type").asText())
                && credential.path("auth-id").isTextual()
                && credential.path("secrets").size() >= 1
                && (!credential.path("type").asText().equals("x509-cert") || allowsX509(credential));
    }

    private static boolean allowsX509(JsonNode credential) {
        JsonNode secret = credential.path("secrets").path(0);
        return credential.path("secrets").size() == 1
                && has(secret, X509_SECRET)
                && isMoment(secret.path("not-after"))
                && isName(credential.path("auth-id").asText());
    }

    /// Formatted by RFC 2253: reading and writing it again changes nothing.
    private static boolean isName(String text) {
        try {
            return new X500Principal(text).getName(X500Principal.RFC2253).equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isMoment(JsonNode text) {
        try {
            return OffsetDateTime.parse(text.asText()).getYear() > 1970;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean has(JsonNode object, Set<String> properties) {
        return object.isObject()
                && object.propertyStream().allMatch(property -> properties.contains(property.getKey()));
    }
}
