package io.muster.doors.dps;

import io.muster.core.door.Problem;
import io.muster.core.door.Refusal;

/// The number of each refusal on this wire: HTTP status, then three digits, as Azure builds them. Which number means
/// what is Muster's own choice, except that 401002 and 404201 are where Azure's users know them from. A number never
/// changes its meaning. docs/doors/dps.md lists them.
final class DpsError {

    private DpsError() {}

    /// The HTTP status that a number carries.
    static int status(int number) {
        return number / 1000;
    }

    static int number(Refusal refusal) {
        return switch (refusal) {
            case Refusal.MalformedRequest _ -> 400201;
            case Refusal.MalformedRegistrationId _ -> 400202;
            case Refusal.CertificateMalformed _ -> 400203;
            case Refusal.ChainTooLong _ -> 400204;
            case Refusal.CertificateRequestMissing _ -> 400205;
            case Refusal.CertificateRequestMalformed _ -> 400206;
            case Refusal.RequestedKeyUnacceptable _ -> 400207;
            case Refusal.PossessionUnproved _ -> 400208;
            case Refusal.TpmStructureMalformed _ -> 400209;
            case Refusal.TemplateFailed _ -> 400210;
            case Refusal.ThingNameInvalid _ -> 400211;
            case Refusal.FactsRefused _ -> 400212;
            case Refusal.TooLarge _ -> 413201;

            case Refusal.TokenSignatureWrong _ -> 401002;
            case Refusal.EvidenceMissing _ -> 401201;
            case Refusal.EvidenceMismatch _ -> 401202;
            case Refusal.NameMismatch _ -> 401203;
            case Refusal.TokenMalformed _ -> 401211;
            case Refusal.TokenExpired _ -> 401212;
            case Refusal.TokenLifeTooLong _ -> 401213;
            case Refusal.TokenForOther _ -> 401214;
            case Refusal.ChainIncomplete _ -> 401221;
            case Refusal.AuthorityUnknown _ -> 401222;
            case Refusal.CertificateExpired _ -> 401223;
            case Refusal.CertificateNotYetValid _ -> 401224;
            case Refusal.CertificateSignatureWrong _ -> 401225;
            case Refusal.KeyUnacceptable _ -> 401226;
            case Refusal.AlgorithmUnacceptable _ -> 401227;
            case Refusal.PathLengthExceeded _ -> 401228;
            case Refusal.IssuerNotAuthority _ -> 401229;
            case Refusal.NameConstraintViolated _ -> 401230;
            case Refusal.CriticalExtensionUnknown _ -> 401231;
            case Refusal.CertificatePurposeWrong _ -> 401232;
            case Refusal.CertificateNotPinned _ -> 401233;
            case Refusal.TokenUnknown _ -> 401241;
            case Refusal.TokenRevoked _ -> 401242;
            case Refusal.TokenSpent _ -> 401243;
            case Refusal.OneTimeTokenExpired _ -> 401244;
            case Refusal.RenewalUnproved _ -> 401251;
            case Refusal.EndorsementCertificateMissing _ -> 401261;
            case Refusal.ContinuationInvalid _ -> 401262;
            case Refusal.ContinuationExpired _ -> 401263;
            case Refusal.ActivationWrong _ -> 401264;
            case Refusal.ClaimExpired _ -> 401271;
            case Refusal.OwnershipTokenInvalid _ -> 401272;
            case Refusal.OwnershipTokenExpired _ -> 401273;
            case Refusal.CreationRevoked _ -> 401274;
            case Refusal.CertificatePending _ -> 401275;

            case Refusal.TenantDisabled _ -> 403201;
            case Refusal.EnrollmentDisabled _ -> 403202;
            case Refusal.DeviceQuarantined _ -> 403203;
            case Refusal.Blocked _ -> 403204;
            case Refusal.TokenOfOtherName _ -> 403211;
            case Refusal.RequestedKeyNotServed _ -> 403221;
            case Refusal.RequestForOtherName _ -> 403222;
            case Refusal.RequestExceedsProfile _ -> 403223;
            case Refusal.RequestedNameForbidden _ -> 403224;
            case Refusal.SubjectChanged _ -> 403225;
            case Refusal.RekeyRefused _ -> 403226;
            case Refusal.ServerKeyRefused _ -> 403227;
            case Refusal.CertificateRevoked _ -> 403231;
            case Refusal.CertificateSuperseded _ -> 403232;
            case Refusal.TpmKeyUnacceptable _ -> 403241;
            case Refusal.EndorsementCertificateUnacceptable _ -> 403242;
            case Refusal.EndorsementKeyNotListed _ -> 403243;
            case Refusal.CertifiedKeyWrong _ -> 403244;
            case Refusal.ClaimRevoked _ -> 403251;
            case Refusal.ClaimOfOtherEnrollment _ -> 403252;
            case Refusal.ClientIdRefused _ -> 403253;
            case Refusal.AwaitingApproval _ -> 403254;
            case Refusal.NotPermitted _ -> 403255;
            case Refusal.PolicyMissing _ -> 403256;
            case Refusal.AssignedElsewhere _ -> 403257;
            case Refusal.HookDenied _ -> 403261;

            case Refusal.NotEnrolled _ -> 404201;
            case Refusal.UnknownTenant _ -> 404202;
            case Refusal.NotRegistered _ -> 404203;
            case Refusal.OperationUnknown _ -> 404204;
            case Refusal.OperationExpired _ -> 404205;
            case Refusal.Unsupported _ -> 404206;
            case Refusal.ProofLinkUnsupported _ -> 404207;
            case Refusal.TemplateMissing _ -> 404208;

            case Refusal.IdentityKeyChanged _ -> 409201;
            case Refusal.IdentityKeyTaken _ -> 409202;
            case Refusal.DeviceIdTaken _ -> 409203;
            case Refusal.DeviceIdInvalid _ -> 409204;
            case Refusal.RequestedKeyTaken _ -> 409211;
            case Refusal.RequestedKeyRetired _ -> 409212;
            case Refusal.LintFailed _ -> 409213;
            case Refusal.ProfileMissing _ -> 409214;
            case Refusal.CreationTaken _ -> 409221;
            case Refusal.ThingConflict _ -> 409222;

            case Refusal.NoHub _ -> 503201;
            case Refusal.Unavailable _ -> 503202;
            case Refusal.ClaimSpent _ -> 503203;
            case Refusal.ClaimTooFast _ -> 503204;
            case Refusal.KeysBusy _ -> 503205;
            case Refusal.HookFailed _ -> 503206;

            case Refusal.OperationEnded(Problem problem) -> ended(problem.category());
        };
    }

    /// The refusal that ended an operation is told by its code; its number tells the kind only.
    private static int ended(Problem.Category category) {
        return switch (category) {
            case MALFORMED -> 400200;
            case UNAUTHENTICATED -> 401200;
            case FORBIDDEN -> 403200;
            case NOT_FOUND, UNSUPPORTED -> 404200;
            case CONFLICT -> 409200;
            case TOO_LARGE -> 413200;
            case UNAVAILABLE -> 503200;
        };
    }
}
