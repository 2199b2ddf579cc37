package io.muster.doors.dps;

import io.muster.core.device.Json;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.OperationId;
import io.muster.core.door.Refusal;
import io.muster.doors.listener.forms.StrictJson;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads one request, in the order version, name, evidence, body; the first fault decides.
final class RequestReader {

    private static final LocalDate OLDEST_VERSION = LocalDate.of(2019, 3, 31);
    private static final String PREVIEW = "-preview";
    private static final String SCHEME = "SharedAccessSignature";

    /// MQTT would carry twice as much.
    private static final int MAX_BODY = 64 * 1024;

    private final StrictJson json;

    RequestReader(StrictJson json) {
        this.json = json;
    }

    DpsRequest read(DpsCall call) {
        if (!servedVersion(call.version())) {
            return malformed("The parameter api-version must be " + OLDEST_VERSION + " or a later date");
        }
        Optional<RegistrationId> id = RegistrationId.parse(call.path().registrationId());
        if (id.isEmpty()) {
            return new DpsRequest.Unreadable(new Refusal.MalformedRegistrationId());
        }
        if (call.authorization().isPresent()
                && token(call.authorization().get()).isEmpty()) {
            return new DpsRequest.Unreadable(
                    new Refusal.TokenMalformed("the scheme of the authorization is not " + SCHEME));
        }
        if (call.body().size() > MAX_BODY) {
            return new DpsRequest.Unreadable(new Refusal.TooLarge("The body", MAX_BODY));
        }
        Caller caller = new Caller(call, id.get(), evidence(call));
        return switch (call.path()) {
            case DpsPath.Register _ -> register(caller);
            case DpsPath.Status status -> status(caller, status);
            case DpsPath.LookUp _ -> lookUp(caller);
        };
    }

    /// Who asks, as far as it is the same for every request.
    private record Caller(DpsCall call, RegistrationId id, List<Evidence> evidence) {
        EnrollmentRequest asks(Optional<CertificateRequest> certificate, Optional<Json> payload) {
            return new EnrollmentRequest(
                    call.door(),
                    Optional.of(call.path().scope()),
                    Optional.empty(),
                    id,
                    evidence,
                    certificate,
                    payload,
                    call.peer().source());
        }

        /// The same with what its TPM shows. DPS sends no certificate of the endorsement key: enrollments pin it.
        Caller showing(Optional<RegistrationBody.Tpm> tpm) {
            List<Evidence> more = new ArrayList<>(evidence);
            tpm.ifPresent(keys -> more.add(new Evidence.TpmChip(
                    keys.endorsementKey(),
                    Optional.empty(),
                    keys.storageRootKey(),
                    Evidence.TpmChip.Role.STORAGE_ROOT)));
            return new Caller(call, id, more);
        }

        EnrollmentRequest asksNothing() {
            return asks(Optional.empty(), Optional.empty());
        }
    }

    private DpsRequest register(Caller caller) {
        return switch (RegistrationBody.read(json, caller.call().body())) {
            case RegistrationBody.Read.Malformed(String what) -> malformed(what);
            case RegistrationBody.Read.Body(RegistrationBody body) ->
                fault(caller, body).<DpsRequest>map(DpsRequest.Unreadable::new).orElseGet(() -> register(caller, body));
        };
    }

    private DpsRequest register(Caller caller, RegistrationBody body) {
        return switch (PayloadRequest.of(json, body.payload())) {
            case PayloadRequest.Refused(Refusal refusal) -> new DpsRequest.Unreadable(refusal);
            case PayloadRequest.Asked(var certificate, var rest) ->
                new DpsRequest.Register(caller.showing(body.tpm()).asks(certificate, rest));
        };
    }

    private DpsRequest lookUp(Caller caller) {
        return switch (RegistrationBody.read(json, caller.call().body())) {
            case RegistrationBody.Read.Malformed(String what) -> malformed(what);
            case RegistrationBody.Read.Body(RegistrationBody body) ->
                fault(caller, body)
                        .<DpsRequest>map(DpsRequest.Unreadable::new)
                        .orElseGet(() ->
                                new DpsRequest.LookUp(caller.showing(body.tpm()).asksNothing()));
        };
    }

    private static DpsRequest status(Caller caller, DpsPath.Status path) {
        return OperationId.parse(path.operationId())
                .<DpsRequest>map(operation -> new DpsRequest.Status(caller.asksNothing(), operation))
                .orElseGet(() -> new DpsRequest.Unreadable(new Refusal.OperationUnknown()));
    }

    private static Optional<Refusal> fault(Caller caller, RegistrationBody body) {
        return body.registrationId()
                .filter(named -> !RegistrationId.parse(named).equals(Optional.of(caller.id())))
                .map(_ -> new Refusal.MalformedRequest(
                        "The registrationId of the body differs from the one that registers"));
    }

    /// The SDKs send 2019-03-31; every later version only adds.
    private static boolean servedVersion(String version) {
        String date = version.endsWith(PREVIEW) ? version.substring(0, version.length() - PREVIEW.length()) : version;
        try {
            return date.length() == 10 && !LocalDate.parse(date).isBefore(OLDEST_VERSION);
        } catch (DateTimeParseException _) {
            return false;
        }
    }

    private static List<Evidence> evidence(DpsCall call) {
        List<Evidence> evidence = new ArrayList<>(2);
        if (!call.peer().chain().isEmpty()) {
            evidence.add(new Evidence.CertificateChain(call.peer().chain()));
        }
        String resource = call.path().scope() + "/registrations/" + call.path().registrationId();
        call.authorization()
                .flatMap(RequestReader::token)
                .ifPresent(token -> evidence.add(new Evidence.SharedAccessSignature(token, resource)));
        return evidence;
    }

    /// What follows the scheme word, which is compared without case (RFC 9110 section 11.1).
    private static Optional<String> token(String authorization) {
        boolean ours = authorization.regionMatches(true, 0, SCHEME + " ", 0, SCHEME.length() + 1);
        return ours ? Optional.of(authorization.substring(SCHEME.length() + 1).strip()) : Optional.empty();
    }

    private static DpsRequest malformed(String what) {
        return new DpsRequest.Unreadable(new Refusal.MalformedRequest(what + "."));
    }
}
