package io.muster.desk.provisioning;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.device.Bytes;
import io.muster.core.issuance.ClaimCredentials;
import io.muster.core.roster.Claim;
import io.muster.desk.exchange.IsoDuration;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Collectors;

/// Shows a claim. A key is shown where it is made, and nowhere else.
final class ClaimJson {

    /// RFC 7468 section 2.
    private static final int LINE = 64;

    private ClaimJson() {}

    static ObjectNode show(Claim claim, Instant now) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", claim.name().value())
                .put("tenant", claim.tenant().value())
                .put("id", claim.id().toString())
                .put("enrollment", claim.enrollment().value())
                .put("fingerprint", claim.fingerprint())
                .put("state", state(claim, now))
                .put("creates", claim.budget().creates())
                .put("window", IsoDuration.show(claim.budget().window()))
                .put("perSecond", claim.budget().perSecond())
                .put("connections", claim.budget().connections());
        claim.budget().clientIds().ifPresent(prefix -> json.put("clientIds", prefix));
        json.put("spent", claim.spent()).put("networks", claim.networks()).put("widespread", claim.widespread());
        if (claim.widespread()) {
            json.put(
                    "warning",
                    "It was used from " + claim.networks()
                            + " networks. If these are more than it was given to, revoke it: muster claim revoke "
                            + claim.name() + " --tenant " + claim.tenant());
        }
        return json.put("createdAt", claim.createdAt().toString())
                .put("expiresAt", claim.notAfter().toString());
    }

    static ObjectNode show(Claim claim, ClaimCredentials.Made.Done made, Instant now) {
        return show(claim, now)
                .put("certificatePem", pem("CERTIFICATE", made.certificate().toArray()))
                .put("privateKey", pem("PRIVATE KEY", made.privateKey().reveal()))
                .put(
                        "chain",
                        made.chain().stream()
                                .map(Bytes::toArray)
                                .map(der -> pem("CERTIFICATE", der))
                                .collect(Collectors.joining()));
    }

    /// What keeps it from creating, the strongest first.
    private static String state(Claim claim, Instant now) {
        if (claim.revoked()) {
            return "revoked";
        }
        if (!now.isBefore(claim.notAfter())) {
            return "expired";
        }
        return claim.spent() >= claim.budget().creates() ? "spent" : "active";
    }

    private static String pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }
}
