package io.muster.doors.muster;

import com.fasterxml.jackson.core.JsonGenerator;
import io.muster.core.device.Bytes;
import io.muster.core.device.Device;
import io.muster.core.device.Json;
import io.muster.core.door.Challenge;
import io.muster.core.door.Issued;
import io.muster.core.door.Offer;
import io.muster.core.door.Outcome;
import io.muster.core.door.Problem;
import io.muster.core.door.Refusal;
import io.muster.doors.listener.HttpAnswer;
import io.muster.doors.listener.forms.CertificateText;
import io.muster.doors.listener.forms.StrictJson;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// Outcomes in JSON. A refusal is told by its code and title (RFC 9457); what was found is for the operator.
final class NativeAnswers {

    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";

    /// Registered by RFC 8555 section 9.1.
    private static final String CHAIN = "application/pem-certificate-chain";

    /// RFC 9110 section 15.5.2 wants a challenge beside every 401: the credentials stand in the body.
    private static final String SCHEME = "Muster";

    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    /// How long a device stays away when we cannot serve anybody.
    private static final String UNAVAILABLE_SECONDS = "30";

    private static final int OTHER_MEDIA = 415;

    private static final Problem FAILED =
            new Problem("internal_error", Problem.Category.UNAVAILABLE, "The server failed", "", "", true);

    private final StrictJson json;

    NativeAnswers(StrictJson json) {
        this.json = json;
    }

    HttpAnswer enrollment(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Enrolled enrolled -> enrolled(enrolled);
            case Outcome.Challenged challenged -> challenged(challenged);
            case Outcome.Deferred deferred -> deferred(deferred);
            case Outcome.Refused refused -> refused(refused);
        };
    }

    HttpAnswer authorities(Offer.Open offer) {
        return HttpAnswer.of(200, CHAIN, CertificateText.pem(offer.authorities()));
    }

    HttpAnswer refused(Outcome.Refused refused) {
        Problem problem = Problem.of(refused.refusal());
        int status = status(problem.category());
        HttpAnswer answer = problem(status, problem, refused.attempt().toString());
        return switch (status) {
            case 401 -> answer.with("WWW-Authenticate", SCHEME);
            case 503 -> answer.with("Retry-After", UNAVAILABLE_SECONDS);
            default -> answer;
        };
    }

    HttpAnswer otherMedia(Outcome.Refused refused) {
        return problem(
                OTHER_MEDIA, Problem.of(refused.refusal()), refused.attempt().toString());
    }

    /// A fault of the server's own.
    HttpAnswer fault(UUID reference) {
        return problem(500, FAILED, reference.toString());
    }

    private HttpAnswer enrolled(Outcome.Enrolled enrolled) {
        Device device = enrolled.device();
        return answer(200, JSON, body -> {
            body.writeStringField("status", "enrolled");
            body.writeStringField("attempt", enrolled.attempt().toString());
            body.writeStringField("registrationId", device.registrationId().display());
            body.writeStringField("deviceId", device.deviceId());
            body.writeStringField("change", enrolled.change().name().toLowerCase(Locale.ROOT));
            writeAssignment(body, device.assignment());
            if (device.type().isPresent()) {
                body.writeStringField("type", device.type().get());
            }
            Optional<Json> payload = enrolled.payload();
            if (payload.isPresent()) {
                body.writeFieldName("payload");
                body.writeRawValue(payload.get().text());
            }
            if (enrolled.issued().isPresent()) {
                writeCertificate(body, enrolled.issued().get());
            }
        });
    }

    private static void writeAssignment(JsonGenerator body, Device.Assignment assignment) throws IOException {
        body.writeObjectFieldStart("assignment");
        body.writeStringField("hub", assignment.hub().value());
        body.writeStringField("region", assignment.region().value());
        body.writeStringField("endpoint", assignment.endpoint());
        body.writeEndObject();
    }

    private static void writeCertificate(JsonGenerator body, Issued issued) throws IOException {
        body.writeStringField("certificate", CertificateText.pem(List.of(issued.certificate())));
        body.writeStringField("certificateChain", CertificateText.shown(issued));
        body.writeStringField("certificateAuthorities", CertificateText.trusted(issued));
        body.writeStringField("renewAfter", second(issued.renewAfter()));
    }

    private HttpAnswer challenged(Outcome.Challenged challenged) {
        return switch (challenged.challenge()) {
            case Challenge.Activate activate ->
                answer(200, JSON, body -> {
                    body.writeStringField("status", "challenge");
                    body.writeStringField("attempt", challenged.attempt().toString());
                    body.writeObjectFieldStart("challenge");
                    body.writeStringField("type", "tpm");
                    body.writeStringField("credentialBlob", base64(activate.credentialBlob()));
                    body.writeStringField("encryptedSecret", base64(activate.encryptedSecret()));
                    body.writeStringField("nonce", base64(activate.nonce()));
                    body.writeEndObject();
                    body.writeStringField("continuation", base64(challenged.continuation()));
                    body.writeStringField("expiresAt", second(challenged.expiresAt()));
                });
            case Challenge.ImportTokenKey _ ->
                refused(new Outcome.Refused(
                        challenged.attempt(), new Refusal.Unsupported("Importing a token key"), Optional.empty()));
        };
    }

    private HttpAnswer deferred(Outcome.Deferred deferred) {
        long seconds = Math.clamp(deferred.retryAfter().toSeconds(), 1, LONGEST_WAIT.toSeconds());
        return answer(202, JSON, body -> {
                    body.writeStringField("status", "deferred");
                    body.writeStringField("attempt", deferred.attempt().toString());
                    body.writeNumberField("retryAfter", seconds);
                })
                .with("Retry-After", Long.toString(seconds));
    }

    private HttpAnswer problem(int status, Problem problem, String attempt) {
        return answer(status, PROBLEM, body -> {
            body.writeStringField("type", "urn:muster:problem:" + problem.code());
            body.writeStringField("title", problem.title());
            body.writeNumberField("status", status);
            body.writeStringField("code", problem.code());
            body.writeStringField("attempt", attempt);
            body.writeBooleanField("retryable", problem.retryable());
        });
    }

    private static int status(Problem.Category category) {
        return switch (category) {
            case MALFORMED, UNSUPPORTED -> 400;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case TOO_LARGE -> 413;
            case UNAVAILABLE -> 503;
        };
    }

    private static String second(Instant instant) {
        return DateTimeFormatter.ISO_INSTANT.format(instant.truncatedTo(ChronoUnit.SECONDS));
    }

    private static String base64(Bytes octets) {
        return Base64.getEncoder().encodeToString(octets.toArray());
    }

    private HttpAnswer answer(int status, String type, StrictJson.Content fields) {
        return HttpAnswer.of(status, type, json.write(body -> {
            body.writeStartObject();
            fields.to(body);
            body.writeEndObject();
        }));
    }
}
