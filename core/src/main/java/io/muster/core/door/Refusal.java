package io.muster.core.door;

import java.time.Duration;
import java.time.Instant;

/// Why a device is refused: data, not words. [Problem] words each of them, once.
public sealed interface Refusal {

    // What did not parse, and what is not served here.

    /// @param what what is wrong with the request, in words
    record MalformedRequest(String what) implements Refusal {}

    record MalformedRegistrationId() implements Refusal {}

    record TooLarge(String what, long limitBytes) implements Refusal {}

    /// @param what the operation, evidence or version that is not served
    record Unsupported(String what) implements Refusal {}

    // Who may come.

    record UnknownTenant() implements Refusal {}

    record TenantDisabled() implements Refusal {}

    record NotEnrolled() implements Refusal {}

    record EnrollmentDisabled(String enrollment) implements Refusal {}

    record EvidenceMissing() implements Refusal {}

    /// @param shown what the device showed
    /// @param wanted what its enrollment wants
    record EvidenceMismatch(String shown, String wanted) implements Refusal {}

    // Certificates.

    /// @param stopsAt issuer name at which the presented chain ends
    /// @param held    the anchors that the enrollment holds
    record ChainIncomplete(String stopsAt, String held) implements Refusal {}

    record AuthorityUnknown(String issuer, String held) implements Refusal {}

    record CertificateMalformed(String what) implements Refusal {}

    record CertificateExpired(String subject, Instant notAfter) implements Refusal {}

    record CertificateNotYetValid(String subject, Instant notBefore) implements Refusal {}

    record CertificateSignatureWrong(String subject) implements Refusal {}

    record KeyUnacceptable(String subject, String why) implements Refusal {}

    record AlgorithmUnacceptable(String subject, String algorithm) implements Refusal {}

    record ChainTooLong(int presented, int limit) implements Refusal {}

    record PathLengthExceeded(String issuer) implements Refusal {}

    record IssuerNotAuthority(String issuer, String why) implements Refusal {}

    record NameConstraintViolated(String issuer, String name) implements Refusal {}

    record CriticalExtensionUnknown(String subject, String oid) implements Refusal {}

    record CertificatePurposeWrong(String subject, String why) implements Refusal {}

    /// @param certificateName the common name of the certificate
    record NameMismatch(String certificateName, String registrationId) implements Refusal {}

    record CertificateNotPinned(String fingerprint) implements Refusal {}

    // Tokens.

    record TokenMalformed(String what) implements Refusal {}

    record TokenExpired(Instant expired, Instant now) implements Refusal {}

    record TokenLifeTooLong(Duration life, Duration limit) implements Refusal {}

    record TokenForOther(String resource) implements Refusal {}

    record TokenSignatureWrong() implements Refusal {}

    /// Refusals of one-time tokens, of certificate requests, and of certificates that were issued here.
    sealed interface OfIssuance extends Refusal {}

    // One-time tokens.

    record TokenUnknown() implements OfIssuance {}

    record TokenRevoked() implements OfIssuance {}

    /// A one-time token; one that a device signed has [TokenExpired].
    record OneTimeTokenExpired(Instant expired) implements OfIssuance {}

    record TokenSpent() implements OfIssuance {}

    record TokenOfOtherName(String registrationId) implements OfIssuance {}

    // Certificate requests, and certificates issued here.

    record CertificateRequestMissing() implements OfIssuance {}

    /// @param what what is wrong with its form, in words
    record CertificateRequestMalformed(String what) implements OfIssuance {}

    record RequestedKeyUnacceptable(String why) implements OfIssuance {}

    /// @param wanted the kinds of key that the profile certifies
    record RequestedKeyNotServed(String algorithm, String wanted) implements OfIssuance {}

    record PossessionUnproved() implements OfIssuance {}

    record ProofLinkUnsupported() implements OfIssuance {}

    record RequestForOtherName(String commonName, String registrationId) implements OfIssuance {}

    /// @param what what it asks for and must not have: to be an authority, a purpose
    record RequestExceedsProfile(String what, String profile) implements OfIssuance {}

    record RequestedNameForbidden(String name, String why) implements OfIssuance {}

    record RequestedKeyTaken() implements OfIssuance {}

    record RequestedKeyRetired(String why) implements OfIssuance {}

    record SubjectChanged(String present, String asked) implements OfIssuance {}

    record RekeyRefused(String why) implements OfIssuance {}

    record ServerKeyRefused(String profile) implements OfIssuance {}

    record RenewalUnproved() implements OfIssuance {}

    record CertificateRevoked(String serial) implements OfIssuance {}

    record CertificateSuperseded(String serial) implements OfIssuance {}

    /// The certificate to be signed broke a rule of the lint: nothing was signed.
    record LintFailed(String rule, String finding) implements OfIssuance {}

    record ProfileMissing(String profile) implements OfIssuance {}

    // Trusted platform modules.

    /// Refusals of what a TPM shows.
    sealed interface OfTpm extends Refusal {}

    /// @param what which structure, and what is wrong with it
    record TpmStructureMalformed(String what) implements OfTpm {}

    /// @param what which key, and which rule it breaks
    record TpmKeyUnacceptable(String what) implements OfTpm {}

    record EndorsementCertificateMissing() implements OfTpm {}

    /// @param what what is wrong with the endorsement key's certificate besides its chain
    record EndorsementCertificateUnacceptable(String what) implements OfTpm {}

    /// @param fingerprint of the endorsement key
    record EndorsementKeyNotListed(String fingerprint) implements OfTpm {}

    record ContinuationInvalid() implements OfTpm {}

    record ContinuationExpired(Instant expired) implements OfTpm {}

    record ActivationWrong() implements OfTpm {}

    /// @param why what does not fit
    record CertifiedKeyWrong(String why) implements OfTpm {}

    // Claims, and what they create.

    /// Refusals of claims, of what they create, and of connections that stay.
    sealed interface OfClaim extends Refusal {}

    record ClaimRevoked() implements OfClaim {}

    record ClaimExpired(Instant expired) implements OfClaim {}

    /// @param creates how many certificates it may create in a window
    record ClaimSpent(long creates, Duration window) implements OfClaim {}

    record ClaimTooFast(int perSecond) implements OfClaim {}

    /// So many devices want the server to make their keys that this one waited too long.
    record KeysBusy() implements OfClaim {}

    /// @param enrollment for which the claim was uploaded
    record ClaimOfOtherEnrollment(String enrollment) implements OfClaim {}

    /// @param prefix what the client ids of its connections begin with
    record ClientIdRefused(String prefix) implements OfClaim {}

    record OwnershipTokenInvalid() implements OfClaim {}

    record OwnershipTokenExpired(Instant expired) implements OfClaim {}

    /// The certificate was not registered in its hour, and is revoked.
    record CreationRevoked() implements OfClaim {}

    /// The certificate belongs to a device of another name.
    record CreationTaken() implements OfClaim {}

    record TemplateMissing(String enrollment) implements OfClaim {}

    /// @param where the place in the template
    record TemplateFailed(String where, String what, String remedy) implements OfClaim {}

    record ThingNameInvalid(String name) implements OfClaim {}

    record ThingConflict(String name) implements OfClaim {}

    /// The certificate is not registered to a device yet.
    record CertificatePending() implements OfClaim {}

    /// The device is known and waits for an operator.
    record AwaitingApproval() implements OfClaim {}

    /// @param policy that the device has attached
    record PolicyMissing(String policy) implements OfClaim {}

    /// @param what what the connection asked for
    record NotPermitted(String what) implements OfClaim {}

    // What policy says.

    record IdentityKeyChanged() implements Refusal {}

    record IdentityKeyTaken() implements Refusal {}

    /// @param what whose block it is: a name's or a key's, in words
    record Blocked(String what) implements Refusal {}

    record DeviceQuarantined() implements Refusal {}

    /// @param hub where the device connects
    record AssignedElsewhere(String hub) implements Refusal {}

    record DeviceIdTaken(String deviceId) implements Refusal {}

    record DeviceIdInvalid(String deviceId) implements Refusal {}

    record NoHub(String enrollment) implements Refusal {}

    /// What the device says of itself breaks the schema of its enrollment.
    ///
    /// @param place where in what it says
    /// @param rule  the place in the schema
    record FactsRefused(String place, String rule) implements Refusal {}

    /// @param why what happened, to be read after "The hook"
    record HookFailed(String why) implements Refusal {}

    /// The operator's hook refuses the device.
    record HookDenied() implements Refusal {}

    // Look-ups, and ourselves.

    record OperationUnknown() implements Refusal {}

    record OperationExpired() implements Refusal {}

    /// A deferred try that ended in a refusal, in the words of that moment.
    record OperationEnded(Problem problem) implements Refusal {}

    record NotRegistered() implements Refusal {}

    record Unavailable(String what) implements Refusal {}
}
