package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.page.Table;
import io.muster.cli.page.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// How tokens, certificate profiles and certificates are shown in columns, and an enrollment's terms in words.
final class CertificateViews {

    static final Table TOKENS = new Table(
            Column.at("ID", "/id"),
            Column.at("REGISTRATION ID", "/registrationId"),
            Column.at("ENROLLMENT", "/enrollment"),
            Column.at("STATE", "/state"),
            new Column(
                    "USED",
                    token -> token.path("spent").asText() + " of "
                            + token.path("uses").asText()),
            Column.at("EXPIRES", "/expiresAt"));

    static final Table PROFILES = new Table(
            Column.at("NAME", "/name"),
            new Column("LIFE", profile -> span(profile, "life")),
            new Column("ALGORITHMS", profile -> joined(profile.path("algorithms"))),
            new Column("PURPOSES", profile -> joined(profile.path("purposes"))),
            Column.at("VERSION", "/version"));

    static final Table PROFILE = new Table(
            Column.at("name", "/name"),
            Column.at("tenant", "/tenant"),
            Column.at("version", "/version"),
            new Column("life", profile -> span(profile, "life")),
            new Column("backdating", profile -> span(profile, "backdating")),
            new Column("algorithms", profile -> joined(profile.path("algorithms"))),
            new Column("key usages", profile -> joined(profile.path("keyUsages"))),
            new Column("purposes", profile -> joined(profile.path("purposes"))),
            Column.at("subject", "/subject"),
            new Column("alternative names", CertificateViews::names),
            new Column(
                    "server keys",
                    profile -> profile.path("serverKeys").asBoolean() ? "made where a device asks" : "never made"));

    static final Table CERTIFICATES = new Table(
            Column.at("SERIAL", "/serial"),
            Column.at("REGISTRATION ID", "/registrationId"),
            Column.at("STATE", "/state"),
            Column.at("PROFILE", "/profile"),
            Column.at("ISSUED", "/issuedAt"),
            Column.at("ENDS", "/notAfter"));

    static final Table CERTIFICATE = new Table(
            Column.at("serial", "/serial"),
            Column.at("state", "/state"),
            Column.at("revoked", "/revokedAt"),
            Column.at("reason", "/reason"),
            Column.at("subject", "/subject"),
            Column.at("registration id", "/registrationId"),
            Column.at("enrollment", "/enrollment"),
            Column.at("profile", "/profile"),
            Column.at("issued", "/issuedAt"),
            Column.at("valid from", "/notBefore"),
            Column.at("valid until", "/notAfter"),
            Column.at("renewable from", "/renewAfter"),
            Column.at("key", "/keyFingerprint"),
            Column.at("issuer", "/issuer"),
            Column.at("CRL shard", "/crlShard"));

    private CertificateViews() {}

    /// From when on, until when and how a certificate of an enrollment may be renewed.
    static String renewal(JsonNode enrollment) {
        JsonNode terms = enrollment.path("certificates");
        if (terms.isMissingNode()) {
            return "";
        }
        List<String> words = new ArrayList<>();
        words.add(opens(terms));
        if (!terms.path("grace").asText("PT0S").equals("PT0S")) {
            words.add("until " + span(terms, "grace") + " after its end with the same key");
        }
        if (!terms.path("rekey").asBoolean(true)) {
            words.add("never with a new key");
        }
        if (terms.path("subjectChange").asBoolean()) {
            words.add("under another subject if asked for");
        }
        return String.join(", ", words);
    }

    private static String opens(JsonNode terms) {
        return switch (terms.path("renewAfter").asText("")) {
            case "", "null" -> "after half to two thirds of a certificate's life, spread";
            case "PT0S" -> "from a certificate's issue on";
            default -> "from " + span(terms, "renewAfter") + " after a certificate's issue on";
        };
    }

    private static String names(JsonNode profile) {
        String names = joined(profile.path("alternativeNames"));
        return names.isEmpty() ? "none" : names;
    }

    private static String span(JsonNode node, String field) {
        return node.hasNonNull(field) ? Span.words(node.path(field).asText()) : "";
    }

    private static String joined(JsonNode texts) {
        return StreamSupport.stream(texts.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
    }
}
