package io.muster.core.door;

import static io.muster.core.door.Problem.Category.CONFLICT;
import static io.muster.core.door.Problem.Category.FORBIDDEN;
import static io.muster.core.door.Problem.Category.MALFORMED;
import static io.muster.core.door.Problem.Category.UNAUTHENTICATED;
import static io.muster.core.door.Problem.Category.UNSUPPORTED;

import io.muster.core.door.Problem.Category;

/// The refusals of issuance, worded once; the others are in [Wording].
final class IssuanceWording {

    private IssuanceWording() {}

    static Problem of(Refusal.OfIssuance refusal) {
        return switch (refusal) {
            case Refusal.TokenUnknown() ->
                problem(
                        "token_unknown",
                        UNAUTHENTICATED,
                        "The token is unknown",
                        "No token of this tenant has that text.",
                        "Compare the token with the one that was shown when it was made, or make a new one: muster token create --help.");
            case Refusal.TokenRevoked() ->
                problem(
                        "token_revoked",
                        UNAUTHENTICATED,
                        "The token is revoked",
                        "An operator revoked the token.",
                        "Make a new one: muster token create --help.");
            case Refusal.OneTimeTokenExpired r ->
                problem(
                        "token_expired",
                        UNAUTHENTICATED,
                        "The token has expired",
                        "The token expired at " + r.expired() + ", and this key had not used it.",
                        "Make a new one for the device: muster token create --help.");
            case Refusal.TokenSpent() ->
                problem(
                        "token_spent",
                        UNAUTHENTICATED,
                        "The token has been used",
                        "The token has been used by as many other keys as it was made for.",
                        "If the device lost its key, make a new token for it; if nobody else should have used it, look at the device that did.");
            case Refusal.TokenOfOtherName r ->
                problem(
                        "token_of_other_name",
                        FORBIDDEN,
                        "The token is for another device",
                        "The token was made for another registration id or enrollment than " + r.registrationId() + ".",
                        "Give each device the token that was made for it.");
            case Refusal.CertificateRequestMissing() ->
                problem(
                        "certificate_request_missing",
                        MALFORMED,
                        "A certificate request is missing",
                        "The request carries no certificate request (PKCS#10).",
                        "Let the device send one: its key is what a token or a certificate is bound to.");
            case Refusal.CertificateRequestMalformed r ->
                problem(
                        "certificate_request_malformed",
                        MALFORMED,
                        "The certificate request is malformed",
                        "The certificate request is malformed: " + r.what() + ".",
                        "Make it anew, for instance with openssl req -new, in DER and base64.");
            case Refusal.RequestedKeyUnacceptable r ->
                problem(
                        "requested_key_unacceptable",
                        MALFORMED,
                        "The requested key is unacceptable",
                        "The key in the certificate request is not taken: " + r.why() + ".",
                        "Let the device make a new key: P-256, P-384, RSA of 2048 to 4096 bits, or Ed25519.");
            case Refusal.RequestedKeyNotServed r ->
                problem(
                        "requested_key_not_served",
                        FORBIDDEN,
                        "This kind of key is not certified here",
                        "The key is " + r.algorithm() + "; the certificate profile certifies " + r.wanted() + ".",
                        "Let the device make a key of a kind that is served, or change the profile: muster profile update --help.");
            case Refusal.PossessionUnproved() ->
                problem(
                        "possession_unproved",
                        MALFORMED,
                        "The certificate request is not signed by its own key",
                        "The signature of the certificate request was not made by the key in it.",
                        "Let the device sign the request with the key that shall be certified.");
            case Refusal.ProofLinkUnsupported() ->
                problem(
                        "pop_link_unsupported",
                        UNSUPPORTED,
                        "Linking the request to the connection is not served",
                        "The certificate request carries a challenge password, which links it to the TLS connection (RFC 7030 section 3.5); TLS 1.3 has no such value, and this server does not tell that of TLS 1.2.",
                        "Switch the linking off in the EST client; possession of the key is proved by the request's signature.");
            case Refusal.RequestForOtherName r ->
                problem(
                        "request_for_other_name",
                        FORBIDDEN,
                        "The certificate request is for another device",
                        "The request's common name is " + r.commonName() + "; the device proved to be "
                                + r.registrationId() + ".",
                        "Let the device ask for its own name, or for none: the certificate's subject comes from its identity.");
            case Refusal.RequestExceedsProfile r ->
                problem(
                        "request_exceeds_profile",
                        FORBIDDEN,
                        "The certificate request asks for too much",
                        "The request asks " + r.what() + ", which profile " + r.profile() + " does not grant.",
                        "Leave it out of the request, or change the profile: muster profile update --help.");
            case Refusal.RequestedNameForbidden r ->
                problem(
                        "requested_name_forbidden",
                        FORBIDDEN,
                        "The certificate request names what is not the device's",
                        "The request asks for the name " + r.name() + "; " + r.why() + ".",
                        "Leave alternative names out of the request: they come from the device's identity.");
            case Refusal.RequestedKeyTaken() ->
                problem(
                        "requested_key_taken",
                        CONFLICT,
                        "The requested key belongs to another device",
                        "The key in the certificate request is bound to a device of another name.",
                        "Give every device a key of its own; a key that comes twice was cloned or is not random.");
            case Refusal.RequestedKeyRetired r ->
                problem(
                        "requested_key_retired",
                        CONFLICT,
                        "The requested key is no longer accepted",
                        "The key in the certificate request is not certified again: " + r.why() + ".",
                        "Let the device make a new key.");
            case Refusal.SubjectChanged r ->
                problem(
                        "subject_changed",
                        FORBIDDEN,
                        "The renewal changes the subject",
                        "The certificate's subject is " + r.present() + "; the request asks for " + r.asked() + ".",
                        "Let the device repeat the subject of its certificate (RFC 7030 section 4.2.2), or allow the change in the enrollment.");
            case Refusal.RekeyRefused r ->
                problem(
                        "rekey_refused",
                        FORBIDDEN,
                        "The renewal brings a new key",
                        "The renewal brings a new key: " + r.why() + ".",
                        "Let the device renew with the key that it has, or allow new keys: muster enrollment update --help.");
            case Refusal.ServerKeyRefused r ->
                problem(
                        "server_key_refused",
                        FORBIDDEN,
                        "Keys are not made by the server here",
                        "Profile " + r.profile() + " does not let the server make keys.",
                        "Let the device make its key, or change the profile: muster profile update --help.");
            case Refusal.RenewalUnproved() ->
                problem(
                        "renewal_unproved",
                        UNAUTHENTICATED,
                        "A renewal needs the certificate that it renews",
                        "The device asked to renew and did not show a certificate that was issued here.",
                        "Let the device present its present certificate in the TLS handshake, or enroll instead.");
            case Refusal.CertificateRevoked r ->
                problem(
                        "certificate_revoked",
                        FORBIDDEN,
                        "The certificate is revoked",
                        "Certificate " + r.serial() + " was revoked.",
                        "If the device is sound, let it enroll again with its first identity and a new key.");
            case Refusal.CertificateSuperseded r ->
                problem(
                        "certificate_superseded",
                        FORBIDDEN,
                        "The certificate has been replaced",
                        "Certificate " + r.serial() + " was replaced by a newer one that is in use.",
                        "Let the device use its newest certificate; if it has lost that, let it enroll again with its first identity.");
            case Refusal.LintFailed r ->
                problem(
                        "lint_failed",
                        CONFLICT,
                        "The certificate would break a rule",
                        "The certificate was not signed: rule " + r.rule() + " found that " + r.finding() + ".",
                        "Change the certificate profile or what the device asks for, as the rule says.");
            case Refusal.ProfileMissing r ->
                problem(
                        "profile_missing",
                        CONFLICT,
                        "The certificate profile is missing",
                        "The enrollment names the certificate profile " + r.profile() + ", which is not there.",
                        "Create it: muster profile create --help.");
        };
    }

    private static Problem problem(String code, Category category, String title, String detail, String remedy) {
        return new Problem(code, category, title, detail, remedy, false);
    }
}
