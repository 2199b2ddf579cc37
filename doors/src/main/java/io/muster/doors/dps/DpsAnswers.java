package io.muster.doors.dps;

import com.fasterxml.jackson.core.JsonGenerator;
import io.muster.core.connectivity.HubEndpoint;
import io.muster.core.device.Bytes;
import io.muster.core.device.Device;
import io.muster.core.device.Json;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.Challenge;
import io.muster.core.door.Change;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.OperationId;
import io.muster.core.door.Outcome;
import io.muster.core.door.Problem;
import io.muster.core.door.Refusal;
import io.muster.doors.listener.forms.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// Outcomes in the JSON that the Azure SDKs read.
final class DpsAnswers {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /// The Java SDK replaces anything outside of 2 to 5 by 2, and dies of a date.
    private static final long SHORTEST_WAIT_SECONDS = 2;

    private static final long LONGEST_WAIT_SECONDS = 5;

    /// A fault of the server's own.
    private static final int FAULT = 500000;

    private static final Problem FAILED =
            new Problem("internal_error", Problem.Category.UNAVAILABLE, "The server failed", "", "", true);

    private final StrictJson json;
    private final InstantSource clock;

    DpsAnswers(StrictJson json, InstantSource clock) {
        this.json = json;
        this.clock = clock;
    }

    /// Answers a registration or a question after an operation.
    ///
    /// @param asked the operation that the device asked after
    DpsReply registration(EnrollmentRequest request, Outcome outcome, Optional<OperationId> asked) {
        return switch (outcome) {
            case Outcome.Enrolled enrolled -> {
                String operation = asked.map(OperationId::toString)
                        .orElseGet(() -> enrolled.attempt().toString());
                yield answer(200, body -> {
                    body.writeStartObject();
                    body.writeStringField("operationId", operation);
                    body.writeStringField("status", "assigned");
                    body.writeFieldName("registrationState");
                    writeState(body, enrolled);
                    body.writeEndObject();
                });
            }
            case Outcome.Challenged challenged -> challenged(challenged);
            case Outcome.Deferred deferred -> deferred(deferred);
            case Outcome.Refused refused -> refused(request, refused);
        };
    }

    /// Answers a look-up: the registration's state by itself.
    DpsReply state(EnrollmentRequest request, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Enrolled enrolled -> answer(200, body -> writeState(body, enrolled));
            case Outcome.Challenged challenged -> challenged(challenged);
            case Outcome.Deferred deferred -> deferred(deferred);
            case Outcome.Refused refused -> refused(request, refused);
        };
    }

    /// A refusal outside of any operation: an error in Azure's form.
    DpsReply error(Outcome.Refused refused) {
        return error(DpsError.status(DpsError.number(refused.refusal())), refused);
    }

    /// A fault of the server's own.
    DpsReply fault(UUID reference) {
        return error(DpsError.status(FAULT), FAULT, reference.toString(), FAILED);
    }

    private DpsReply error(int status, Outcome.Refused refused) {
        int number = DpsError.number(refused.refusal());
        return error(status, number, refused.attempt().toString(), Problem.of(refused.refusal()));
    }

    private DpsReply error(int status, int number, String tracking, Problem problem) {
        return answer(status, body -> {
                    body.writeStartObject();
                    body.writeNumberField("errorCode", number);
                    body.writeStringField("trackingId", tracking);
                    body.writeStringField("message", message(problem));
                    body.writeObjectFieldStart("info");
                    body.writeStringField("code", problem.code());
                    body.writeStringField("retryable", Boolean.toString(problem.retryable()));
                    body.writeEndObject();
                    body.writeStringField("timestampUtc", TIME.format(clock.instant()));
                    body.writeEndObject();
                })
                .numbered(number);
    }

    /// A challenge is a 401 with a blob in it, which the device imports to sign a token.
    private DpsReply challenged(Outcome.Challenged challenged) {
        return switch (challenged.challenge()) {
            case Challenge.ImportTokenKey(Bytes blob) ->
                answer(401, body -> {
                    body.writeStartObject();
                    body.writeStringField("authenticationKey", base64(blob));
                    body.writeStringField("message", "Sign a token with the key in authenticationKey.");
                    body.writeStringField("keyName", "registration");
                    body.writeEndObject();
                });
            case Challenge.Activate _ ->
                error(new Outcome.Refused(
                        challenged.attempt(), new Refusal.Unsupported("Activating a credential"), Optional.empty()));
        };
    }

    private DpsReply deferred(Outcome.Deferred deferred) {
        long wait = Math.clamp(deferred.retryAfter().toSeconds(), SHORTEST_WAIT_SECONDS, LONGEST_WAIT_SECONDS);
        return answer(202, body -> {
                    body.writeStartObject();
                    body.writeStringField("operationId", deferred.operation().toString());
                    body.writeStringField("status", "assigning");
                    body.writeEndObject();
                })
                .retriedAfter(wait);
    }

    /// A refusal that ends an operation is the operation's result; any other is an error.
    private DpsReply refused(EnrollmentRequest request, Outcome.Refused refused) {
        return refused.operation()
                .map(operation -> failed(request.registrationId(), refused, operation))
                .orElseGet(() -> error(readable(request, refused), refused));
    }

    /// Both SDKs take every 401 to a device with a TPM for a challenge, and crash when there is no blob in it.
    private static int readable(EnrollmentRequest request, Outcome.Refused refused) {
        int status = DpsError.status(DpsError.number(refused.refusal()));
        boolean chip = request.evidence().stream().anyMatch(Evidence.TpmChip.class::isInstance);
        return chip && status == 401 ? 403 : status;
    }

    private DpsReply failed(RegistrationId id, Outcome.Refused refused, OperationId operation) {
        String now = TIME.format(clock.instant());
        Problem problem = Problem.of(refused.refusal());
        return answer(200, body -> {
            body.writeStartObject();
            body.writeStringField("operationId", operation.toString());
            body.writeStringField("status", "failed");
            body.writeObjectFieldStart("registrationState");
            body.writeStringField("registrationId", id.display());
            body.writeStringField("status", "failed");
            body.writeNumberField("errorCode", DpsError.number(refused.refusal()));
            body.writeStringField("errorMessage", message(problem) + " TrackingId: " + refused.attempt());
            body.writeStringField("lastUpdatedDateTimeUtc", now);
            body.writeEndObject();
            body.writeEndObject();
        });
    }

    private void writeState(JsonGenerator body, Outcome.Enrolled enrolled) throws IOException {
        Device device = enrolled.device();
        body.writeStartObject();
        body.writeStringField("registrationId", device.registrationId().display());
        body.writeStringField("createdDateTimeUtc", TIME.format(device.createdAt()));
        body.writeStringField("assignedHub", host(device));
        body.writeStringField("deviceId", device.deviceId());
        body.writeStringField("status", "assigned");
        body.writeStringField("substatus", substatus(enrolled.change()));
        body.writeStringField("lastUpdatedDateTimeUtc", TIME.format(device.updatedAt()));
        body.writeStringField("etag", etag(device));
        writePayload(body, enrolled);
        if (enrolled.wrappedKey().isPresent()) {
            body.writeObjectFieldStart("tpm");
            body.writeStringField(
                    "authenticationKey", base64(enrolled.wrappedKey().get()));
            body.writeEndObject();
        }
        body.writeEndObject();
    }

    private void writePayload(JsonGenerator body, Outcome.Enrolled enrolled) throws IOException {
        Optional<Json> own = enrolled.payload().filter(Json::isObject);
        if (enrolled.issued().isPresent()) {
            body.writeFieldName("payload");
            CertificatePayload.write(json, own, enrolled.issued().get(), body);
        } else if (own.isPresent()) {
            body.writeFieldName("payload");
            body.writeRawValue(own.get().text());
        }
    }

    private static String host(Device device) {
        return HubEndpoint.parse(device.assignment().endpoint())
                .map(HubEndpoint::host)
                .orElseThrow(() -> new IllegalStateException("a device is assigned to an endpoint that is none"));
    }

    private static String substatus(Change change) {
        return switch (change) {
            case INITIAL -> "initialAssignment";
            case MIGRATED -> "deviceDataMigrated";
            case RESET -> "deviceDataReset";
            case UNCHANGED, UPDATED, CERTIFIED, REKEYED -> "reprovisionedToInitialAssignment";
        };
    }

    private static String etag(Device device) {
        String version = "\"" + device.version() + "\"";
        return Base64.getEncoder().encodeToString(version.getBytes(StandardCharsets.US_ASCII));
    }

    private static String base64(Bytes octets) {
        return Base64.getEncoder().encodeToString(octets.toArray());
    }

    private static String message(Problem problem) {
        return problem.title() + " (" + problem.code() + ").";
    }

    private DpsReply answer(int status, StrictJson.Content content) {
        return DpsReply.of(status, json.write(content));
    }
}
