package io.muster.core.door;

import static io.muster.core.door.Problem.Category.CONFLICT;
import static io.muster.core.door.Problem.Category.FORBIDDEN;
import static io.muster.core.door.Problem.Category.MALFORMED;
import static io.muster.core.door.Problem.Category.NOT_FOUND;
import static io.muster.core.door.Problem.Category.TOO_LARGE;
import static io.muster.core.door.Problem.Category.UNAUTHENTICATED;
import static io.muster.core.door.Problem.Category.UNAVAILABLE;
import static io.muster.core.door.Problem.Category.UNSUPPORTED;

import io.muster.core.door.Problem.Category;

/// Every refusal, worded once. A new refusal breaks the build here and nowhere else.
final class Wording {

    private Wording() {}

    static Problem of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.MalformedRequest r ->
                problem(
                        "malformed_request",
                        MALFORMED,
                        "The request is malformed",
                        r.what(),
                        "Compare the request with the documentation of its protocol.");
            case Refusal.MalformedRegistrationId() ->
                problem(
                        "malformed_registration_id",
                        MALFORMED,
                        "The registration id is malformed",
                        "A registration id is 1 to 128 characters of A-Z, a-z, 0-9, '.', '_', ':' and '-', and does not end in a dot.",
                        "Give the device an id of that form.");
            case Refusal.TooLarge r ->
                problem(
                        "too_large",
                        TOO_LARGE,
                        "The request is too large",
                        r.what() + " is larger than " + r.limitBytes() + " bytes.",
                        "Send less.");
            case Refusal.Unsupported r ->
                problem(
                        "unsupported",
                        UNSUPPORTED,
                        "This is not served here",
                        r.what() + " is not served here.",
                        "See the documentation for what each door serves.");
            case Refusal.UnknownTenant() ->
                problem(
                        "unknown_tenant",
                        NOT_FOUND,
                        "The ID scope is unknown",
                        "No tenant has the ID scope that the device named.",
                        "Set the device's ID scope to the tenant's name, or create the tenant: muster tenant create NAME.");
            case Refusal.TenantDisabled() ->
                problem(
                        "tenant_disabled",
                        FORBIDDEN,
                        "The tenant is disabled",
                        "The tenant is disabled.",
                        "Enable the tenant if its devices shall come in.");
            case Refusal.NotEnrolled() ->
                problem(
                        "not_enrolled",
                        NOT_FOUND,
                        "The device is not enrolled",
                        "No enrollment of the tenant takes a device with this registration id and this kind of evidence.",
                        "Create an enrollment for it: muster enrollment create --help.");
            case Refusal.EnrollmentDisabled r ->
                problem(
                        "enrollment_disabled",
                        FORBIDDEN,
                        "The enrollment is disabled",
                        "Enrollment " + r.enrollment() + " is disabled.",
                        "If the device shall come in, enable it: muster enrollment enable " + r.enrollment() + ".");
            case Refusal.EvidenceMissing() ->
                problem(
                        "evidence_missing",
                        UNAUTHENTICATED,
                        "The device showed no evidence",
                        "The request carried neither a client certificate nor a token.",
                        "Let the device present its certificate in the TLS handshake, or a token.");
            case Refusal.EvidenceMismatch r ->
                problem(
                        "evidence_mismatch",
                        UNAUTHENTICATED,
                        "The device showed another kind of evidence than its enrollment wants",
                        "The device showed " + r.shown() + "; its enrollment wants " + r.wanted() + ".",
                        "Change the device's credentials, or its enrollment.");
            case Refusal.ChainIncomplete r ->
                problem(
                        "chain_incomplete",
                        UNAUTHENTICATED,
                        "The certificate chain is incomplete",
                        "The chain stops at issuer " + r.stopsAt() + "; the enrollment holds " + r.held() + ".",
                        "Let the device present every intermediate certificate between its own and the anchor, or register the missing issuer.");
            case Refusal.AuthorityUnknown r ->
                problem(
                        "ca_unknown",
                        UNAUTHENTICATED,
                        "The certificate's issuer is unknown",
                        "The chain ends at issuer " + r.issuer() + "; the enrollment holds " + r.held() + ".",
                        "Register that issuer's certificate in an enrollment, if its devices shall come in.");
            case Refusal.CertificateMalformed r ->
                problem(
                        "certificate_malformed",
                        MALFORMED,
                        "A certificate is malformed",
                        r.what(),
                        "Have the certificate made again by a tool that follows RFC 5280.");
            case Refusal.CertificateExpired r ->
                problem(
                        "certificate_expired",
                        UNAUTHENTICATED,
                        "A certificate has expired",
                        "Certificate " + r.subject() + " expired at " + r.notAfter() + ".",
                        "Give the device a new certificate, or the enrollment a new anchor.");
            case Refusal.CertificateNotYetValid r ->
                problem(
                        "certificate_not_yet_valid",
                        UNAUTHENTICATED,
                        "A certificate is not valid yet",
                        "Certificate " + r.subject() + " is valid from " + r.notBefore() + " on.",
                        "Check the clock of the machine that made it; have it made with an earlier start.");
            case Refusal.CertificateSignatureWrong r ->
                problem(
                        "certificate_signature_wrong",
                        UNAUTHENTICATED,
                        "A certificate's signature is wrong",
                        "The signature of certificate " + r.subject() + " does not verify with its issuer's key.",
                        "Another authority of the same name may have signed it: register the right anchor. Otherwise treat it as forged.");
            case Refusal.KeyUnacceptable r ->
                problem(
                        "key_unacceptable",
                        UNAUTHENTICATED,
                        "A key is not acceptable",
                        "The key of certificate " + r.subject() + " is not acceptable: " + r.why() + ".",
                        "Use P-256, P-384, P-521, Ed25519, or RSA of 2048 to 4096 bits with a common exponent.");
            case Refusal.AlgorithmUnacceptable r ->
                problem(
                        "algorithm_unacceptable",
                        UNAUTHENTICATED,
                        "A signature algorithm is not acceptable",
                        "Certificate " + r.subject() + " is signed with " + r.algorithm() + ".",
                        "Have the certificate signed with SHA-256 or stronger.");
            case Refusal.ChainTooLong r ->
                problem(
                        "chain_too_long",
                        MALFORMED,
                        "The certificate chain is too long",
                        "The device presented " + r.presented() + " certificates; at most " + r.limit()
                                + " are looked at.",
                        "Register an intermediate certificate as the anchor, or shorten the chain.");
            case Refusal.PathLengthExceeded r ->
                problem(
                        "path_length_exceeded",
                        UNAUTHENTICATED,
                        "The certificate path is longer than an issuer allows",
                        "Issuer " + r.issuer() + " allows fewer intermediates below it (pathLenConstraint).",
                        "Have the intermediate issued by an authority that may have one below it.");
            case Refusal.IssuerNotAuthority r ->
                problem(
                        "issuer_not_authority",
                        UNAUTHENTICATED,
                        "An issuer may not issue certificates",
                        "Certificate " + r.issuer() + " may not issue certificates: " + r.why() + ".",
                        "Use an issuer with CA:TRUE and the key usage keyCertSign.");
            case Refusal.NameConstraintViolated r ->
                problem(
                        "name_constraint_violated",
                        UNAUTHENTICATED,
                        "A name lies outside of what an issuer may certify",
                        "The name constraints of " + r.issuer() + " do not allow " + r.name() + ".",
                        "Have the certificate issued by an authority that may certify this name.");
            case Refusal.CriticalExtensionUnknown r ->
                problem(
                        "critical_extension_unknown",
                        UNAUTHENTICATED,
                        "A certificate has a critical extension that is not understood",
                        "Certificate " + r.subject() + " has the critical extension " + r.oid() + ".",
                        "Have the certificate issued without it, or with the extension not critical.");
            case Refusal.CertificatePurposeWrong r ->
                problem(
                        "certificate_purpose_wrong",
                        UNAUTHENTICATED,
                        "The certificate is not meant for a client",
                        "Certificate " + r.subject() + " cannot identify a client: " + r.why() + ".",
                        "Have it issued with the extended key usage clientAuth and the key usage digitalSignature, or with neither extension.");
            case Refusal.NameMismatch r ->
                problem(
                        "name_mismatch",
                        UNAUTHENTICATED,
                        "The certificate names another device",
                        "The certificate's common name is " + r.certificateName() + ", the registration id "
                                + r.registrationId() + ".",
                        "Register under the certificate's common name, or have a certificate made for this device.");
            case Refusal.CertificateNotPinned r ->
                problem(
                        "certificate_not_pinned",
                        UNAUTHENTICATED,
                        "The certificate is not the one that is enrolled",
                        "The device showed the certificate with SHA-256 " + r.fingerprint()
                                + "; its individual enrollment pins another.",
                        "If the device got a new certificate, set it as the secondary certificate of its enrollment.");
            case Refusal.TokenMalformed r ->
                problem(
                        "token_malformed",
                        UNAUTHENTICATED,
                        "The token is malformed",
                        "The token is malformed: " + r.what() + ".",
                        "A token reads: SharedAccessSignature sr=SCOPE/registrations/ID&sig=SIGNATURE&se=SECONDS.");
            case Refusal.TokenExpired r ->
                problem(
                        "clock_skew",
                        UNAUTHENTICATED,
                        "The token has expired",
                        "The token expired at " + r.expired() + "; here it is " + r.now() + ".",
                        "Check the device's clock against the Date header of this answer; a token lives for an hour as the SDKs make it.");
            case Refusal.TokenLifeTooLong r ->
                problem(
                        "token_life_too_long",
                        UNAUTHENTICATED,
                        "The token lives too long",
                        "The token would live for " + r.life().toDays() + " days; the limit is "
                                + r.limit().toDays() + " days.",
                        "Let the device make a token for each registration.");
            case Refusal.TokenForOther r ->
                problem(
                        "token_for_other",
                        UNAUTHENTICATED,
                        "The token is for another resource",
                        "The token is for " + r.resource() + ".",
                        "Make the token for SCOPE/registrations/ID of this very device.");
            case Refusal.TokenSignatureWrong() ->
                problem(
                        "token_signature_wrong",
                        UNAUTHENTICATED,
                        "The token's signature is wrong",
                        "No valid key of any enrollment that takes this device gives the token's signature.",
                        "Check the device's key: a group's devices use the key derived from the group key and the registration id.");
            case Refusal.OfIssuance it -> IssuanceWording.of(it);
            case Refusal.OfTpm it -> TpmWording.of(it);
            case Refusal.OfClaim it -> ClaimWording.of(it);
            case Refusal.IdentityKeyChanged() ->
                problem(
                        "identity_key_changed",
                        CONFLICT,
                        "The device is known with another key",
                        "A device of this name is known with another identity key.",
                        "If the device was rebuilt with a new key, allow it: muster enrollment change NAME --key-change allow. Otherwise treat it as an impostor.");
            case Refusal.IdentityKeyTaken() ->
                problem(
                        "identity_key_taken",
                        CONFLICT,
                        "The key belongs to another device",
                        "The identity key that the device proved is bound to a device of another name.",
                        "Give every device a key of its own; if the device was renamed, enroll it under its first name.");
            case Refusal.Blocked r ->
                problem(
                        "blocked",
                        FORBIDDEN,
                        "The device is blocked",
                        "The " + r.what() + " is blocked: its device was decommissioned.",
                        "It stays out for good. If the hardware is to be used again, give it a new name and a new key.");
            case Refusal.DeviceQuarantined() ->
                problem(
                        "device_quarantined",
                        FORBIDDEN,
                        "The device is in quarantine",
                        "An operator put the device in quarantine.",
                        "Release it with muster device release NAME --reason WHY, if it may come in again.");
            case Refusal.AssignedElsewhere r ->
                problem(
                        "assigned_elsewhere",
                        FORBIDDEN,
                        "The device is assigned to another hub",
                        "The device proved itself, but it is assigned to hub " + r.hub()
                                + ", whose endpoint is not this one.",
                        "Let the device enroll again, and connect where it is told to. If this server is its hub, give"
                                + " the hub an endpoint whose host is one of listeners.names: muster hub --help.");
            case Refusal.DeviceIdTaken r ->
                problem(
                        "device_id_taken",
                        CONFLICT,
                        "The device id is taken",
                        "The enrollment's template gives the device id " + r.deviceId() + ", which another device has.",
                        "Use a device-id template that contains {registrationId}.");
            case Refusal.DeviceIdInvalid r ->
                problem(
                        "device_id_invalid",
                        CONFLICT,
                        "The device id is invalid",
                        "The enrollment's template gives " + r.deviceId() + ", which is not a device id.",
                        "Shorten the enrollment's device-id template: a device id has at most 128 characters.");
            case Refusal.NoHub r ->
                problem(
                        "no_hub",
                        UNAVAILABLE,
                        "No hub takes the device",
                        "No enabled hub with a weight above 0 is linked to enrollment " + r.enrollment() + ".",
                        "Create or enable a hub of the enrollment: muster hub create --help.");
            case Refusal.FactsRefused r ->
                problem(
                        "facts_refused",
                        MALFORMED,
                        "What the device says of itself does not fit its enrollment",
                        "At " + whole(r.place()) + " the facts break " + whole(r.rule())
                                + " of the enrollment's schema.",
                        "Let the device say what the schema wants, or change the schema: muster enrollment change NAME --facts-schema FILE.");
            case Refusal.HookFailed r ->
                problem(
                        "hook_failed",
                        UNAVAILABLE,
                        "The service is unavailable for the moment",
                        "The hook " + r.why() + ".",
                        "Look at the hook's own log, and at hooks.allow in the settings; the device may try again.");
            case Refusal.HookDenied() ->
                problem(
                        "hook_denied",
                        FORBIDDEN,
                        "The device may not be registered",
                        "The hook does not allow it.",
                        "Ask whoever runs the hook why, if the device shall come in.");
            case Refusal.OperationUnknown() ->
                problem(
                        "operation_unknown",
                        NOT_FOUND,
                        "The operation is unknown",
                        "There is no such operation of this device.",
                        "Let the device register again.");
            case Refusal.OperationExpired() ->
                problem(
                        "operation_expired",
                        NOT_FOUND,
                        "The operation has expired",
                        "The operation was not carried out in its time.",
                        "Let the device register again.");
            case Refusal.OperationEnded ended -> ended.problem();
            case Refusal.NotRegistered() ->
                problem(
                        "not_registered",
                        NOT_FOUND,
                        "The device is not registered",
                        "The device has not enrolled yet.",
                        "Let the device register.");
            case Refusal.Unavailable r ->
                problem(
                        "unavailable",
                        UNAVAILABLE,
                        "The service is unavailable for the moment",
                        r.what(),
                        "The device may try again; see GET /health/ready on the desk for what is down.");
        };
    }

    private static String whole(String pointer) {
        return pointer.isEmpty() ? "the top" : pointer;
    }

    private static Problem problem(String code, Category category, String title, String detail, String remedy) {
        return new Problem(code, category, title, detail, remedy, category == UNAVAILABLE);
    }
}
