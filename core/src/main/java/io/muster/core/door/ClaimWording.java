package io.muster.core.door;

import static io.muster.core.door.Problem.Category.CONFLICT;
import static io.muster.core.door.Problem.Category.FORBIDDEN;
import static io.muster.core.door.Problem.Category.MALFORMED;
import static io.muster.core.door.Problem.Category.NOT_FOUND;
import static io.muster.core.door.Problem.Category.UNAUTHENTICATED;
import static io.muster.core.door.Problem.Category.UNAVAILABLE;

import io.muster.core.door.Problem.Category;

/// The refusals of claims and of what they create, worded once; the others are in [Wording].
final class ClaimWording {

    private ClaimWording() {}

    static Problem of(Refusal.OfClaim refusal) {
        return switch (refusal) {
            case Refusal.ClaimRevoked() ->
                problem(
                        "claim_revoked",
                        FORBIDDEN,
                        "The claim is revoked",
                        "An operator revoked the claim.",
                        "Give the devices another claim: muster claim create --help.");
            case Refusal.ClaimExpired r ->
                problem(
                        "claim_expired",
                        UNAUTHENTICATED,
                        "The claim has expired",
                        "The claim, or its certificate, ended at " + r.expired() + ".",
                        "Upload a claim with a newer certificate: muster claim create --help.");
            case Refusal.ClaimSpent r ->
                problem(
                        "claim_spent",
                        UNAVAILABLE,
                        "The claim has created as many certificates as it may",
                        "The claim may create " + r.creates() + " certificates in "
                                + r.window().toSeconds() + " s.",
                        "If that many devices are expected, make a claim with a larger budget; if not, revoke this one: muster claim revoke --help.");
            case Refusal.ClaimTooFast r ->
                problem(
                        "claim_too_fast",
                        UNAVAILABLE,
                        "The claim creates certificates too fast",
                        "The claim may create " + r.perSecond() + " certificates a second.",
                        "The device may try again in a moment.");
            case Refusal.KeysBusy() ->
                problem(
                        "keys_busy",
                        UNAVAILABLE,
                        "Too many keys are being made",
                        "The server makes keys for a few devices at a time, and this one waited too long for its turn.",
                        "The device may try again in a moment; one that makes its own key and sends a request for it need not wait.");
            case Refusal.ClaimOfOtherEnrollment r ->
                problem(
                        "claim_of_other_enrollment",
                        FORBIDDEN,
                        "The claim is for another template",
                        "The claim was uploaded for enrollment " + r.enrollment() + ".",
                        "Let the device name the template that its claim was uploaded for, or upload a claim for this one.");
            case Refusal.ClientIdRefused r ->
                problem(
                        "client_id_refused",
                        FORBIDDEN,
                        "The client id is not acceptable",
                        "The client ids of this claim's connections begin with " + r.prefix() + ".",
                        "Let the device connect with such a client id.");
            case Refusal.OwnershipTokenInvalid() ->
                problem(
                        "ownership_token_invalid",
                        UNAUTHENTICATED,
                        "The ownership token is invalid",
                        "The token was not made here for a certificate of this tenant, or was changed.",
                        "Let the device send the token that came with its certificate, as it came.");
            case Refusal.OwnershipTokenExpired r ->
                problem(
                        "ownership_token_expired",
                        UNAUTHENTICATED,
                        "The ownership token has expired",
                        "The token was good until " + r.expired() + ".",
                        "Let the device create another certificate and register with that one.");
            case Refusal.CreationRevoked() ->
                problem(
                        "creation_revoked",
                        UNAUTHENTICATED,
                        "The certificate is revoked",
                        "The certificate was not registered within its hour, and was revoked.",
                        "Let the device create another certificate and register with that one.");
            case Refusal.CreationTaken() ->
                problem(
                        "creation_taken",
                        CONFLICT,
                        "The certificate is another device's",
                        "The certificate was registered to a device of another name.",
                        "One certificate is for one device: let each create its own.");
            case Refusal.TemplateMissing r ->
                problem(
                        "template_missing",
                        NOT_FOUND,
                        "There is no such template",
                        "Enrollment " + r.enrollment() + " has no provisioning template, or is not there.",
                        "Create it: muster enrollment create NAME --template FILE.");
            case Refusal.TemplateFailed r ->
                problem(
                        "template_failed",
                        MALFORMED,
                        "The template makes no device of these parameters",
                        "At " + (r.where().isEmpty() ? "the whole template" : r.where()) + ": " + r.what() + " "
                                + r.remedy(),
                        "Mend the template, or what the device sends: muster template test --help.");
            case Refusal.ThingNameInvalid r ->
                problem(
                        "thing_name_invalid",
                        MALFORMED,
                        "The thing name is not acceptable",
                        "The template gives the name " + r.name() + ", which is not a registration id.",
                        "A name is 1 to 128 characters of A-Z, a-z, 0-9, '.', '_', ':' and '-', and does not end in a dot.");
            case Refusal.ThingConflict r ->
                problem(
                        "thing_conflict",
                        CONFLICT,
                        "The thing is there already",
                        "A thing " + r.name() + " is there with other properties, and the template says FAIL.",
                        "Change the template's OverrideSettings if things may change.");
            case Refusal.CertificatePending() ->
                problem(
                        "certificate_pending",
                        UNAUTHENTICATED,
                        "The certificate is not registered yet",
                        "A claim created the certificate, and no device was registered with it.",
                        "Let the device register with its ownership token over the claim's connection first.");
            case Refusal.AwaitingApproval() ->
                problem(
                        "awaiting_approval",
                        FORBIDDEN,
                        "The device waits for approval",
                        "The device is new, and its enrollment lets nobody in before an operator approved it.",
                        "Approve it with muster device release NAME --reason WHY, or decommission it.");
            case Refusal.PolicyMissing r ->
                problem(
                        "policy_missing",
                        FORBIDDEN,
                        "A policy of the device is missing",
                        "The device has the policy " + r.policy() + " attached, and there is none of that name.",
                        "Create it again: muster policy create " + r.policy() + " --document FILE.");
            case Refusal.NotPermitted r ->
                problem(
                        "not_permitted",
                        FORBIDDEN,
                        "The device's policies do not permit it",
                        "No policy of the device permits " + r.what() + ", or one denies it.",
                        "See which statement decides: muster policy aws-simulate --help.");
        };
    }

    private static Problem problem(String code, Category category, String title, String detail, String remedy) {
        return new Problem(code, category, title, detail, remedy, category == UNAVAILABLE);
    }
}
