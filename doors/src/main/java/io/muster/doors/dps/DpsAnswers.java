package io.muster.doors.dps;

import com.fasterxml.jackson.core.JsonGenerator;
import io.muster.core.connectivity.HubEndpoint;
import io.muster.core.device.Device;
import io.muster.core.device.Json;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.Change;
import io.muster.core.door.OperationId;
import io.muster.core.door.Outcome;
import io.muster.core.door.Problem;
import io.muster.doors.listener.HttpAnswer;
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

    private static final String JSON = "application/json; charset=utf-8";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /// The Java SDK replaces anything outside of 2 to 5 by 2, and dies of a date.
    private static final long SHORTEST_WAIT_SECONDS = 2;

    private static final long LONGEST_WAIT_SECONDS = 5;

    /// The error number of a fault of the server's own.
    private static final int FAULT = 500000;

    private final StrictJson json;
    private final InstantSource clock;

    DpsAnswers(StrictJson json, InstantSource clock) {
        this.json = json;
        this.clock = clock;
    }

    /// Answers a registration or a question after an operation.
    ///
    /// @param asked the operation that the device asked after
    HttpAnswer registration(RegistrationId id, Outcome outcome, Optional<OperationId> asked) {
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
            case Outcome.Deferred deferred -> deferred(deferred);
            case Outcome.Refused refused -> refused(id, refused);
        };
    }

    /// Answers a look-up: the registration's state by itself.
    HttpAnswer state(RegistrationId id, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Enrolled enrolled -> answer(200, body -> writeState(body, enrolled));
            case Outcome.Deferred deferred -> deferred(deferred);
            case Outcome.Refused refused -> refused(id, refused);
        };
    }

    /// A refusal outside of any operation: an error in Azure's form.
    HttpAnswer error(Outcome.Refused refused) {
        int number = DpsError.number(refused.refusal());
        Problem problem = Problem.of(refused.refusal());
        return error(number, refused.attempt().toString(), message(problem), problem.code(), problem.retryable());
    }

    /// A fault of the server's own.
    HttpAnswer fault(UUID reference) {
        return error(FAULT, reference.toString(), "The server failed (internal_error).", "internal_error", true);
    }

    private HttpAnswer error(int number, String tracking, String message, String code, boolean retryable) {
        return answer(DpsError.status(number), body -> {
                    body.writeStartObject();
                    body.writeNumberField("errorCode", number);
                    body.writeStringField("trackingId", tracking);
                    body.writeStringField("message", message);
                    body.writeObjectFieldStart("info");
                    body.writeStringField("code", code);
                    body.writeStringField("retryable", Boolean.toString(retryable));
                    body.writeEndObject();
                    body.writeStringField("timestampUtc", TIME.format(clock.instant()));
                    body.writeEndObject();
                })
                .with("x-ms-error-code", Integer.toString(number));
    }

    private HttpAnswer deferred(Outcome.Deferred deferred) {
        long wait = Math.clamp(deferred.retryAfter().toSeconds(), SHORTEST_WAIT_SECONDS, LONGEST_WAIT_SECONDS);
        return answer(202, body -> {
                    body.writeStartObject();
                    body.writeStringField("operationId", deferred.operation().toString());
                    body.writeStringField("status", "assigning");
                    body.writeEndObject();
                })
                .with("Retry-After", Long.toString(wait));
    }

    /// A refusal that ends an operation is the operation's result; any other is an error.
    private HttpAnswer refused(RegistrationId id, Outcome.Refused refused) {
        return refused.operation()
                .map(operation -> failed(id, refused, operation))
                .orElseGet(() -> error(refused));
    }

    private HttpAnswer failed(RegistrationId id, Outcome.Refused refused, OperationId operation) {
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

    private static String message(Problem problem) {
        return problem.title() + " (" + problem.code() + ").";
    }

    private HttpAnswer answer(int status, StrictJson.Content content) {
        return HttpAnswer.of(status, JSON, json.write(content));
    }
}
