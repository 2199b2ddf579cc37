package io.muster.desk.keys;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.core.access.AccessKey;
import io.muster.core.access.Principals.Order;
import io.muster.core.access.Principals.Rotation;
import io.muster.core.access.ProvedBy;
import io.muster.core.access.Role;
import io.muster.core.access.Scope;
import io.muster.core.device.Name;
import io.muster.desk.exchange.Form;
import io.muster.desk.exchange.IsoDuration;
import io.muster.desk.gate.Fingerprints;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Reads what is asked of a key out of a request.
final class KeyForm {

    private static final String NEVER = "never";
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final Duration SHORTEST_LIFE = Duration.ofMinutes(1);

    private KeyForm() {}

    /// @param tenant whose key it is; empty: the installation's
    static Form<Order> order(Optional<Name> tenant, JsonNode body, Instant now) {
        return policy(tenant, body).then(_ -> scope(tenant, body)).then(scope -> provedBy(body)
                .then(provedBy -> expiry(body, now)
                        .map(expiresAt -> new Order(
                                body.path("name").asText().strip(),
                                provedBy,
                                Role.valueOf(body.path("role").asText().toUpperCase(Locale.ROOT)),
                                scope,
                                expiresAt))));
    }

    /// What is asked of a shared access policy beyond what is asked of any key.
    private static Form<Boolean> policy(Optional<Name> tenant, JsonNode body) {
        if (!body.path("sharedAccess").asBoolean()) {
            return Form.of(false);
        }
        if (!ProvedBy.SharedAccess.isName(body.path("name").asText())) {
            return Form.faulty(
                    "/name",
                    "This cannot be the name of a shared access policy.",
                    "Use " + ProvedBy.SharedAccess.NAME_RULE + ".");
        }
        if (tenant.isEmpty() || body.has("enrollments") || body.has("regions")) {
            return Form.faulty(
                    "/sharedAccess",
                    "A shared access policy is for a tenant as a whole.",
                    "Make it in its tenant, and leave enrollments and regions out.");
        }
        return body.has("certificate")
                ? Form.faulty(
                        "/certificate",
                        "A shared access policy signs with its key and has no certificate.",
                        "Leave certificate out, or sharedAccess.")
                : Form.of(true);
    }

    static Form<Rotation> rotation(AccessKey present, JsonNode body, Instant now) {
        return overlap(present, body, now)
                .then(overlapUntil -> next(present, body).then(provedBy -> (body.has("expiresAfter")
                                        || present.expiresAt().isPresent()
                                ? expiry(body, now)
                                : Form.of(Optional.<Instant>empty()))
                        .map(expiresAt -> new Rotation(provedBy, overlapUntil, expiresAt))));
    }

    private static Form<Scope> scope(Optional<Name> tenant, JsonNode body) {
        Scope scope = tenant.map(name -> new Scope(tenant, names(body, "enrollments"), names(body, "regions")))
                .orElse(Scope.INSTALLATION);
        boolean asksForMore = tenant.isEmpty() && (body.has("enrollments") || body.has("regions"));
        return asksForMore
                ? Form.faulty(
                        "/enrollments",
                        "Enrollments and regions belong to a tenant, and this key is the installation's.",
                        "Make the key in its tenant: POST /api/v1/tenants/<tenant>/keys, or muster key create --tenant.")
                : Form.of(scope);
    }

    private static Set<Name> names(JsonNode body, String field) {
        return StreamSupport.stream(body.path(field).spliterator(), false)
                .map(name -> new Name(name.asText()))
                .collect(Collectors.toSet());
    }

    /// Where the old one ends by itself, it ends.
    private static Form<Instant> overlap(AccessKey present, JsonNode body, Instant now) {
        Form<Duration> span = body.has("overlap")
                ? IsoDuration.read(body.path("overlap").asText(), "/overlap", Duration.ZERO, AccessKey.MAX_OVERLAP)
                : Form.of(AccessKey.STANDARD_OVERLAP);
        return span.map(now::plus)
                .map(until -> present.expiresAt().filter(until::isAfter).orElse(until));
    }

    private static Form<Optional<Instant>> expiry(JsonNode body, Instant now) {
        String text = body.path("expiresAfter").asText();
        if (text.equals(NEVER)) {
            return Form.of(Optional.empty());
        }
        return text.isEmpty()
                ? Form.of(Optional.of(now.plus(AccessKey.STANDARD_LIFE)))
                : IsoDuration.read(text, "/expiresAfter", SHORTEST_LIFE, AccessKey.MAX_LIFE)
                        .map(life -> Optional.of(now.plus(life)));
    }

    private static Form<ProvedBy> provedBy(JsonNode body) {
        if (body.path("sharedAccess").asBoolean()) {
            return Form.of(new ProvedBy.SharedAccess());
        }
        boolean exact = body.path("match").asText().equals("certificate");
        return body.has("certificate")
                ? certificate(body.path("certificate").asText())
                        .map(certificate -> exact
                                ? new ProvedBy.ClientCertificate(Fingerprints.of(certificate))
                                : new ProvedBy.ClientKey(Fingerprints.ofKey(certificate)))
                : Form.of(new ProvedBy.ApiKey());
    }

    private static Form<ProvedBy> next(AccessKey present, JsonNode body) {
        boolean byText =
                switch (present.provedBy()) {
                    case ProvedBy.ApiKey(), ProvedBy.SharedAccess() -> true;
                    case ProvedBy.ClientKey _, ProvedBy.ClientCertificate _ -> false;
                };
        if (byText == body.has("certificate")) {
            return Form.faulty(
                    "/certificate",
                    byText
                            ? "This is a key: it has no certificate."
                            : "This principal comes with a client certificate, and the request brings none.",
                    byText ? "Leave certificate out." : "Give the new client certificate in PEM.");
        }
        return switch (present.provedBy()) {
            case ProvedBy.ApiKey key -> Form.of(key);
            case ProvedBy.SharedAccess policy -> Form.of(policy);
            case ProvedBy.ClientKey ignored ->
                certificate(body.path("certificate").asText())
                        .map(it -> new ProvedBy.ClientKey(Fingerprints.ofKey(it)));
            case ProvedBy.ClientCertificate ignored ->
                certificate(body.path("certificate").asText())
                        .map(it -> new ProvedBy.ClientCertificate(Fingerprints.of(it)));
        };
    }

    private static Form<X509Certificate> certificate(String pem) {
        int begin = pem.indexOf(BEGIN);
        if (begin < 0 || pem.indexOf(BEGIN, begin + 1) >= 0) {
            return unreadable("it holds no certificate in PEM, or several");
        }
        try {
            byte[] ascii = pem.substring(begin).getBytes(StandardCharsets.US_ASCII);
            return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(ascii))
                            instanceof X509Certificate certificate
                    ? Form.of(certificate)
                    : unreadable("it is no X.509 certificate");
        } catch (CertificateException e) {
            return unreadable("it is damaged");
        }
    }

    private static Form<X509Certificate> unreadable(String what) {
        return Form.faulty(
                "/certificate",
                "The client certificate cannot be used: " + what + ".",
                "Give exactly one, in PEM (" + BEGIN + "), without its issuers.");
    }
}
