package io.muster.doors.muster;

import io.muster.core.device.RegistrationId;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Refusal;
import io.muster.doors.listener.HttpExchange;
import io.muster.doors.listener.forms.LeafName;
import io.muster.doors.listener.forms.RequestText;
import io.muster.doors.listener.forms.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads one enrollment, in the order media type, body, name, certificate request; the first fault decides.
final class RequestReader {

    static final String DOOR = "native";

    private static final String MEDIA_TYPE = "application/json";

    private final StrictJson json;

    RequestReader(StrictJson json) {
        this.json = json;
    }

    NativeRequest read(HttpExchange exchange) {
        if (!isJson(exchange.fields().first("Content-Type").orElse(""))) {
            return new NativeRequest.OtherMedia(new Refusal.Unsupported("A body that is not " + MEDIA_TYPE));
        }
        try {
            return read(exchange, EnrollmentBody.read(json, exchange.body()));
        } catch (Malformed e) {
            return malformed(e.what());
        }
    }

    private static NativeRequest read(HttpExchange exchange, EnrollmentBody body) {
        Optional<RegistrationId> id = body.registrationId()
                .or(() -> LeafName.of(exchange.peer().chain()))
                .flatMap(RegistrationId::parse);
        if (id.isEmpty()) {
            return new NativeRequest.Unreadable(new Refusal.MalformedRegistrationId());
        }
        if (body.sharedAccess().isPresent() && body.tenant().isEmpty()) {
            return malformed("A sharedAccessSignature names a tenant, and the field tenant is missing");
        }
        return body.request()
                .map(text -> switch (RequestText.read(text, "the field csr")) {
                    case RequestText.Reading.Refused(Refusal refusal) -> new NativeRequest.Unreadable(refusal);
                    case RequestText.Reading.Read(CertificateRequest request) ->
                        enroll(exchange, body, id.get(), Optional.of(request));
                })
                .orElseGet(() -> enroll(exchange, body, id.get(), Optional.empty()));
    }

    private static NativeRequest enroll(
            HttpExchange exchange, EnrollmentBody body, RegistrationId id, Optional<CertificateRequest> certificate) {
        return new NativeRequest.Enroll(new EnrollmentRequest(
                DOOR,
                body.tenant(),
                body.enrollment(),
                id,
                evidence(exchange, body, id),
                certificate,
                body.payload(),
                exchange.peer().source()));
    }

    private static List<Evidence> evidence(HttpExchange exchange, EnrollmentBody body, RegistrationId id) {
        List<Evidence> evidence = new ArrayList<>();
        if (!exchange.peer().chain().isEmpty()) {
            evidence.add(new Evidence.CertificateChain(exchange.peer().chain()));
        }
        body.sharedAccess()
                .ifPresent(token -> evidence.add(new Evidence.SharedAccessSignature(
                        token, body.tenant().orElse("") + "/registrations/" + id.display())));
        evidence.addAll(body.evidence());
        return evidence;
    }

    private static boolean isJson(String contentType) {
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.strip().equalsIgnoreCase(MEDIA_TYPE);
    }

    private static NativeRequest malformed(String what) {
        return new NativeRequest.Unreadable(new Refusal.MalformedRequest(what + "."));
    }
}
