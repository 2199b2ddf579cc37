package io.muster.doors.muster;

import io.muster.core.device.Bytes;
import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.door.Evidence;
import io.muster.core.door.Evidence.TpmChip.Role;
import io.muster.doors.listener.forms.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The body of `POST /enroll`, in which nothing is tolerated that is not known: a misspelled field would be evidence
/// that nobody looks at.
///
/// @param tenant         as sent
/// @param enrollment     parsed
/// @param registrationId as sent; empty when the device leaves its name to its certificate
/// @param sharedAccess   a shared access signature, without its scheme word
/// @param evidence       all that needs no name to be understood
/// @param request        a certificate request in text
/// @param payload        what the device says of itself
record EnrollmentBody(
        Optional<String> tenant,
        Optional<Name> enrollment,
        Optional<String> registrationId,
        Optional<String> sharedAccess,
        List<Evidence> evidence,
        Optional<String> request,
        Optional<Json> payload) {

    static final Set<String> BODY = Set.of(
            "tenant",
            "enrollment",
            "registrationId",
            "token",
            "sharedAccessSignature",
            "tpm",
            "continuation",
            "answer",
            "csr",
            "payload");
    static final Set<String> TPM = Set.of("endorsementKey", "endorsementCertificate", "attestationKey");
    static final Set<String> ANSWER = Set.of("secret", "certifiedKey");
    static final Set<String> CERTIFIED_KEY = Set.of("publicArea", "attestation", "signature");

    static EnrollmentBody read(StrictJson json, Bytes octets) throws Malformed {
        Fields body = Fields.of(json, octets, BODY);
        return new EnrollmentBody(
                body.text("tenant"),
                enrollment(body.text("enrollment")),
                body.text("registrationId"),
                body.text("sharedAccessSignature"),
                evidence(body),
                body.text("csr"),
                body.any("payload"));
    }

    /// A token and a signature are in it.
    @Override
    public String toString() {
        return "EnrollmentBody";
    }

    private static Optional<Name> enrollment(Optional<String> text) throws Malformed {
        Optional<Name> name = text.flatMap(Name::parse);
        if (name.isEmpty() && text.isPresent()) {
            throw new Malformed("The field enrollment is not a name: " + Name.RULE);
        }
        return name;
    }

    private static List<Evidence> evidence(Fields body) throws Malformed {
        List<Evidence> evidence = new ArrayList<>();
        body.text("token").map(Evidence.OneTimeToken::new).ifPresent(evidence::add);
        Optional<Fields> tpm = body.object("tpm", TPM);
        if (tpm.isPresent()) {
            evidence.add(chip(tpm.get()));
        }
        Optional<Fields> answer = body.object("answer", ANSWER);
        Optional<Bytes> continuation = body.octets("continuation");
        if (answer.isPresent() != continuation.isPresent()) {
            throw new Malformed("The fields continuation and answer do not come together");
        }
        if (answer.isPresent() && continuation.isPresent()) {
            answer(answer.get(), continuation.get(), evidence);
        }
        return List.copyOf(evidence);
    }

    private static Evidence chip(Fields tpm) throws Malformed {
        return new Evidence.TpmChip(
                tpm.required("endorsementKey"),
                tpm.octets("endorsementCertificate"),
                tpm.required("attestationKey"),
                Role.ATTESTATION);
    }

    private static void answer(Fields answer, Bytes continuation, List<Evidence> evidence) throws Malformed {
        evidence.add(new Evidence.TpmActivation(continuation, answer.required("secret")));
        Optional<Fields> key = answer.object("certifiedKey", CERTIFIED_KEY);
        if (key.isPresent()) {
            evidence.add(new Evidence.TpmCertifiedKey(
                    key.get().required("publicArea"),
                    key.get().required("attestation"),
                    key.get().required("signature")));
        }
    }
}
