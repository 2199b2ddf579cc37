package io.muster.doors.aws;

import io.muster.core.door.Problem;
import io.muster.core.door.Refusal;

/// A refusal on this wire. AWS publishes no list of its codes; docs/doors/aws.md says which of these were seen there
/// and which are Muster's own choice.
record AwsError(int statusCode, String code) {

    static final AwsError FAULT = new AwsError(500, "InternalFailure");

    private static final AwsError TOKEN = new AwsError(400, "InvalidCertificateOwnershipToken");
    private static final AwsError SIGNING_REQUEST = new AwsError(400, "InvalidCertificateSigningRequest");
    private static final AwsError PARAMETERS = new AwsError(400, "InvalidParameters");
    private static final AwsError DENIED = new AwsError(403, "AccessDenied");
    private static final AwsError NOT_FOUND = new AwsError(404, "ResourceNotFound");
    private static final AwsError CONFLICT = new AwsError(409, "ResourceConflictsException");
    private static final AwsError THROTTLED = new AwsError(429, "Throttled");
    private static final AwsError UNAVAILABLE = new AwsError(503, "ServiceUnavailable");

    /// What AWS has a word of its own for; everything else by its kind.
    static AwsError of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.OwnershipTokenInvalid _, Refusal.OwnershipTokenExpired _, Refusal.CreationRevoked _ -> TOKEN;
            case Refusal.CertificateRequestMissing _,
                    Refusal.CertificateRequestMalformed _,
                    Refusal.RequestedKeyUnacceptable _,
                    Refusal.RequestedKeyNotServed _,
                    Refusal.RequestExceedsProfile _,
                    Refusal.RequestedNameForbidden _,
                    Refusal.PossessionUnproved _,
                    Refusal.ProofLinkUnsupported _ -> SIGNING_REQUEST;
            case Refusal.ClaimSpent _, Refusal.ClaimTooFast _, Refusal.KeysBusy _ -> THROTTLED;
            case Refusal other -> of(Problem.of(other).category());
        };
    }

    private static AwsError of(Problem.Category category) {
        return switch (category) {
            case MALFORMED, TOO_LARGE, UNSUPPORTED -> PARAMETERS;
            case UNAUTHENTICATED, FORBIDDEN -> DENIED;
            case NOT_FOUND -> NOT_FOUND;
            case CONFLICT -> CONFLICT;
            case UNAVAILABLE -> UNAVAILABLE;
        };
    }
}
