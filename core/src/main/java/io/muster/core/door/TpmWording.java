package io.muster.core.door;

import static io.muster.core.door.Problem.Category.FORBIDDEN;
import static io.muster.core.door.Problem.Category.MALFORMED;
import static io.muster.core.door.Problem.Category.UNAUTHENTICATED;

import io.muster.core.door.Problem.Category;

/// The refusals of what a TPM shows, worded once; the others are in [Wording].
final class TpmWording {

    private TpmWording() {}

    static Problem of(Refusal.OfTpm refusal) {
        return switch (refusal) {
            case Refusal.TpmStructureMalformed r ->
                problem(
                        "tpm_structure_malformed",
                        MALFORMED,
                        "What the TPM shows is malformed",
                        r.what() + ".",
                        "Send the structures as the TPM gives them, size field included (TPM2B), in base64.");
            case Refusal.TpmKeyUnacceptable r ->
                problem(
                        "tpm_key_unacceptable",
                        FORBIDDEN,
                        "A key of the TPM is unacceptable",
                        r.what() + ".",
                        "Make the keys by the TCG's templates: a restricted signing key as attestation key, the endorsement key as its maker made it.");
            case Refusal.EndorsementCertificateMissing() ->
                problem(
                        "endorsement_certificate_missing",
                        UNAUTHENTICATED,
                        "The endorsement certificate is missing",
                        "The enrollment trusts manufacturers, and the device sent no certificate of its endorsement key.",
                        "Read it from the TPM's memory (tpm2_getekcertificate), or enroll the device by its endorsement key.");
            case Refusal.EndorsementCertificateUnacceptable r ->
                problem(
                        "endorsement_certificate_unacceptable",
                        FORBIDDEN,
                        "The endorsement certificate is unacceptable",
                        r.what() + ".",
                        "Compare the certificate with the TCG's EK credential profile; ask the TPM's manufacturer for a sound one.");
            case Refusal.EndorsementKeyNotListed r ->
                problem(
                        "endorsement_key_not_listed",
                        FORBIDDEN,
                        "The TPM is not on the list",
                        "The enrollment has a list of endorsement keys, and " + r.fingerprint() + " is not on it.",
                        "Add the fingerprint to the enrollment's list if the board is yours.");
            case Refusal.ContinuationInvalid() ->
                problem(
                        "continuation_invalid",
                        UNAUTHENTICATED,
                        "The continuation is invalid",
                        "The continuation was not made here for this request, or was changed on the way.",
                        "Let the device begin again, and send back the continuation as it came, with the same keys and name.");
            case Refusal.ContinuationExpired r ->
                problem(
                        "continuation_expired",
                        UNAUTHENTICATED,
                        "The challenge has expired",
                        "The challenge could be answered until " + r.expired() + ".",
                        "Let the device begin again, and answer within five minutes.");
            case Refusal.ActivationWrong() ->
                problem(
                        "activation_wrong",
                        UNAUTHENTICATED,
                        "The answer to the challenge is wrong",
                        "The secret is not the one that was encrypted for this TPM and this attestation key.",
                        "If the device is sound, it activated another challenge than the one that it answers.");
            case Refusal.CertifiedKeyWrong r ->
                problem(
                        "certified_key_wrong",
                        FORBIDDEN,
                        "The requested key is not proved to be in the TPM",
                        "The certification does not hold: " + r.why() + ".",
                        "Let the TPM certify the key of the request with the attestation key over the challenge's nonce (TPM2_Certify).");
        };
    }

    private static Problem problem(String code, Category category, String title, String detail, String remedy) {
        return new Problem(code, category, title, detail, remedy, false);
    }
}
