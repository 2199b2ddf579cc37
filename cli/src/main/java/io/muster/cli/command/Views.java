package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.page.Table;
import io.muster.cli.page.Table.Column;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// How each kind of thing is shown in columns.
final class Views {

    static final Table TENANTS =
            new Table(Column.at("NAME", "/name"), Column.at("ID SCOPE", "/idScope"), Column.at("ENABLED", "/enabled"));

    static final Table HUBS = new Table(
            Column.at("NAME", "/name"),
            Column.at("REGION", "/region"),
            Column.at("ENDPOINT", "/endpoint"),
            Column.at("WEIGHT", "/weight"),
            Column.at("ENABLED", "/enabled"));

    static final Table ENROLLMENTS = new Table(
            Column.at("NAME", "/name"),
            Column.at("KIND", "/kind"),
            new Column("PROOF", Views::proof),
            new Column("HUBS", Views::hubs),
            Column.at("ENABLED", "/enabled"),
            Column.at("VERSION", "/version"));

    static final Table ENROLLMENT_VERSIONS = new Table(
            Column.at("VERSION", "/version"),
            new Column("PROOF", Views::proof),
            new Column("CERTIFICATES", Views::certificates),
            new Column("HUBS", Views::hubs),
            Column.at("KEY CHANGE", "/keyChange"),
            Column.at("ENABLED", "/enabled"));

    static final Table ENROLLMENT = new Table(
            Column.at("name", "/name"),
            Column.at("tenant", "/tenant"),
            Column.at("version", "/version"),
            Column.at("enabled", "/enabled"),
            Column.at("kind", "/kind"),
            Column.at("registration id", "/registrationId"),
            new Column("proof", Views::proof),
            new Column("certificates", Views::certificates),
            new Column("allowed keys", Views::allowed),
            new Column("revocations", Views::revocations),
            Column.at("endorsement key", "/proof/tpm/endorsementKey/fingerprint"),
            new Column("hubs", Views::hubs),
            Column.at("reprovision", "/reprovision"),
            Column.at("key change", "/keyChange"),
            Column.at("device id", "/deviceIdTemplate"),
            Column.at("type", "/type"),
            new Column("searchable", item -> joined(item.path("searchable"), JsonNode::asText)),
            new Column("payload", item -> json(item.path("payload"))),
            Column.at("admission", "/admission"),
            new Column("template", item -> json(item.path("template"))),
            Column.at("profile", "/certificates/profile"),
            new Column("renewal", CertificateViews::renewal));

    static final Table DEVICES = new Table(
            Column.at("REGISTRATION ID", "/registrationId"),
            Column.at("DEVICE ID", "/deviceId"),
            Column.at("STATE", "/state"),
            Column.at("REGION", "/region"),
            Column.at("HUB", "/hub"),
            new Column("ENROLLMENT", Views::origin),
            Column.at("SINCE", "/createdAt"));

    static final Table DEVICE = new Table(
            Column.at("registration id", "/registrationId"),
            Column.at("device id", "/deviceId"),
            Column.at("state", "/state"),
            new Column("enrollment", Views::origin),
            Column.at("type", "/type"),
            Column.at("region", "/region"),
            Column.at("hub", "/hub"),
            Column.at("assigned hub", "/assignedHub"),
            Column.at("endpoint", "/endpoint"),
            Column.at("created", "/createdAt"),
            Column.at("updated", "/updatedAt"),
            Column.at("version", "/version"),
            new Column("presence", Views::presence),
            new Column("identity keys", Views::keys),
            new Column("certificates", Views::issued),
            new Column("says of itself", item -> json(item.path("payload"))),
            new Column("attributes", item -> json(item.at("/thing/attributes"))),
            new Column("groups", item -> joined(item.at("/thing/groups"), JsonNode::asText)),
            Column.at("billing group", "/thing/billingGroup"),
            new Column("policies", item -> joined(item.at("/thing/policies"), JsonNode::toString)));

    private Views() {}

    private static String presence(JsonNode device) {
        JsonNode presence = device.path("presence");
        if (presence.isMissingNode()) {
            return "never connected";
        }
        String reason = presence.has("reason") ? " (" + presence.path("reason").asText() + ")" : "";
        return presence.path("state").asText() + reason + " since "
                + presence.path("since").asText() + ", last seen "
                + presence.path("lastSeen").asText() + ", by "
                + presence.path("door").asText()
                + (presence.has("network") ? " from " + presence.path("network").asText() : "");
    }

    private static String proof(JsonNode enrollment) {
        JsonNode proof = enrollment.path("proof");
        if (proof.has("x509")) {
            return "x509 CA";
        }
        if (proof.has("oneTimeTokens")) {
            return "one-time tokens";
        }
        if (proof.has("claims")) {
            return "claims";
        }
        if (proof.has("tpm")) {
            return proof.path("tpm").has("endorsementKey") ? "TPM pinned" : "TPM manufacturer";
        }
        return proof.has("x509Pinned") ? "x509 pinned" : "symmetric key";
    }

    private static String issued(JsonNode device) {
        return joined(
                device.path("certificates"),
                one -> one.path("serial").asText() + " " + one.path("state").asText() + " until "
                        + one.path("notAfter").asText());
    }

    private static String certificates(JsonNode enrollment) {
        JsonNode proof = enrollment.path("proof");
        JsonNode makers = proof.path("tpm").path("manufacturers");
        JsonNode listed = proof.has("x509") ? proof.path("x509").path("caCertificates") : proof.path("x509Pinned");
        return joined(
                makers.isArray() ? makers : listed,
                one -> one.path("subject").asText() + " until "
                        + one.path("notAfter").asText());
    }

    private static String allowed(JsonNode enrollment) {
        JsonNode count = enrollment.at("/proof/tpm/allowedCount");
        if (count.isMissingNode()) {
            return "";
        }
        return count.asInt() == 0 ? "all of the manufacturers" : count.asText() + " listed";
    }

    private static String revocations(JsonNode enrollment) {
        JsonNode count = enrollment.at("/proof/tpm/revocationCount");
        if (count.isMissingNode()) {
            return "";
        }
        return count.asInt() == 1 ? "1 list" : count.asText() + " lists";
    }

    private static String hubs(JsonNode enrollment) {
        JsonNode allocation = enrollment.path("allocation");
        String named = joined(allocation.path("hubs"), JsonNode::asText);
        return allocation.path("policy").asText() + " over " + (named.isEmpty() ? "every hub" : named);
    }

    private static String origin(JsonNode device) {
        return device.at("/enrollment/name").asText() + "@"
                + device.at("/enrollment/version").asText();
    }

    private static String keys(JsonNode device) {
        return joined(
                device.path("identityKeys"),
                key -> key.path("kind").asText() + " " + key.path("fingerprint").asText());
    }

    private static String json(JsonNode value) {
        return value.isMissingNode() ? "" : value.toString();
    }

    private static String joined(JsonNode items, Function<JsonNode, String> words) {
        return StreamSupport.stream(items.spliterator(), false).map(words).collect(Collectors.joining(", "));
    }
}
