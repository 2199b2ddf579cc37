package io.muster.desk.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.core.device.Name;
import io.muster.core.roster.Anchor;
import io.muster.core.roster.AnchorReader;
import io.muster.core.roster.Claim;
import io.muster.core.roster.Claim.Budget;
import io.muster.core.roster.Claims;
import io.muster.desk.exchange.Form;
import io.muster.desk.exchange.IsoDuration;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Reads which claim an operator wants.
final class ClaimForm {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST_LIFE = Duration.ofDays(3650);

    /// A trusted user's claim is for one device.
    private static final long ONE = 1;

    private final AnchorReader reader;
    private final InstantSource clock;

    ClaimForm(AnchorReader reader, InstantSource clock) {
        this.reader = reader;
        this.clock = clock;
    }

    /// What is wanted.
    sealed interface Asked {

        Name enrollment();

        /// A certificate that there is.
        record Uploaded(Claims.Order order) implements Asked {
            @Override
            public Name enrollment() {
                return order.enrollment();
            }
        }

        /// One that is made here.
        record TrustedUser(Name name, Name enrollment, Budget budget) implements Asked {}
    }

    /// @param body as the contract has it
    Form<Asked> read(Name tenant, JsonNode body) {
        if (body.has("certificate") == body.has("trustedUser")) {
            return Form.faulty(
                    "/certificate",
                    "A claim is either a certificate that there is, or one that is made for a trusted user.",
                    "Give either certificate or trustedUser.");
        }
        Name name = new Name(body.path("name").asText());
        Name enrollment = new Name(body.path("enrollment").asText());
        return body.has("trustedUser")
                ? trustedUser(name, enrollment, body)
                : budget(body, Budget.standard().creates())
                        .then(budget -> certificate(body).then(certificate -> end(body, certificate)
                                .map(end -> new Asked.Uploaded(new Claims.Order(
                                        tenant, name, enrollment, certificate.certificate(), budget, end)))));
    }

    private static Form<Asked> trustedUser(Name name, Name enrollment, JsonNode body) {
        return body.has("expiresAfter")
                ? Form.faulty(
                        "/expiresAfter",
                        "A trusted user's claim ends after " + Claim.TRUSTED_USER_LIFE.toMinutes() + " minutes.",
                        "Leave expiresAfter out.")
                : budget(body, ONE).map(budget -> new Asked.TrustedUser(name, enrollment, budget));
    }

    private static Form<Budget> budget(JsonNode body, long creates) {
        Budget standard = Budget.standard();
        Form<Duration> window = body.has("window")
                ? IsoDuration.read(body.path("window").asText(), "/window", SHORTEST, Budget.MAX_WINDOW)
                : Form.of(standard.window());
        return window.map(length -> new Budget(
                body.path("creates").asLong(creates),
                length,
                body.path("perSecond").asInt(standard.perSecond()),
                body.path("connections").asInt(standard.connections()),
                Optional.ofNullable(body.path("clientIds").textValue())));
    }

    private Form<Anchor> certificate(JsonNode body) {
        return switch (reader.pinned(body.path("certificate").asText())) {
            case AnchorReader.Reading.Read(List<Anchor> read) -> Form.of(read.getFirst());
            case AnchorReader.Reading.Unreadable(String what) ->
                Form.faulty(
                        "/certificate",
                        "The certificate cannot be used: " + what + ".",
                        "Give the one certificate that the devices share, in PEM: -----BEGIN CERTIFICATE----- and so on.");
        };
    }

    /// No claim outlives its certificate.
    private Form<Instant> end(JsonNode body, Anchor certificate) {
        return body.has("expiresAfter")
                ? IsoDuration.read(body.path("expiresAfter").asText(), "/expiresAfter", SHORTEST, LONGEST_LIFE)
                        .map(clock.instant()::plus)
                        .map(end -> end.isBefore(certificate.notAfter()) ? end : certificate.notAfter())
                : Form.of(certificate.notAfter());
    }
}
