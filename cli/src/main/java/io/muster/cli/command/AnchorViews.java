package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.page.Table;
import io.muster.cli.page.Table.Column;
import java.util.ArrayList;
import java.util.List;

/// How anchors are shown.
final class AnchorViews {

    static final Table ANCHORS = new Table(
            Column.at("NAME", "/name"),
            Column.at("SUBJECT", "/subject"),
            Column.at("STATUS", "/status"),
            Column.at("UNTIL", "/notAfter"));

    static final Table ANCHOR = new Table(
            Column.at("name", "/name"),
            Column.at("tenant", "/tenant"),
            Column.at("version", "/version"),
            Column.at("subject", "/subject"),
            Column.at("fingerprint", "/fingerprint"),
            Column.at("until", "/notAfter"),
            Column.at("status", "/status"),
            Column.at("registered", "/registeredAt"),
            Column.at("verified", "/verifiedAt"));

    private AnchorViews() {}

    /// With the way to its proof, where that is missing.
    static List<String> card(JsonNode anchor, String tenant) {
        List<String> lines = new ArrayList<>(ANCHOR.card(anchor));
        if (anchor.has("verificationCode")) {
            String code = anchor.path("verificationCode").asText();
            lines.add("Its verification code is " + code + ". Have the authority sign a certificate with that name:");
            lines.add("  openssl req -new -newkey rsa:2048 -nodes -keyout proof.key -subj /CN=" + code
                    + " -out proof.csr");
            lines.add(
                    "  openssl x509 -req -in proof.csr -CA CA.pem -CAkey CA.key -CAcreateserial -days 1 -out proof.pem");
            lines.add("  muster anchor verify " + anchor.path("name").asText() + " --certificate proof.pem --tenant "
                    + tenant);
        }
        return lines;
    }
}
