package io.muster.core.flow;

import io.muster.core.attestation.Attested;
import io.muster.core.connectivity.Advised;
import io.muster.core.connectivity.HookUrl;
import io.muster.core.device.Bytes;
import io.muster.core.device.Credential;
import io.muster.core.device.Device.Origin;
import io.muster.core.device.Serial;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.Check;
import io.muster.core.door.Problem;
import io.muster.core.door.Refusal;
import io.muster.core.flow.Foretold.Decided;
import io.muster.core.flow.Foretold.Untold;
import io.muster.core.issuance.Entitlement;
import io.muster.core.ledger.Attempt.Result;
import io.muster.core.ledger.Certification;
import io.muster.core.ledger.Ground;
import io.muster.core.policy.Consultation;
import io.muster.core.policy.Policy;
import io.muster.core.policy.Snapshot;
import io.muster.core.policy.Verdict;
import io.muster.core.policy.Verdict.Permit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The steps after attestation, as [Settlement] takes them, up to where they would have an effect: nothing is signed
/// and nothing recorded.
final class Rehearsed {

    private static final Serial NO_SERIAL = new Serial(Bytes.of(serial()));

    private Rehearsed() {}

    /// @param wish what was kept of the certificate that was asked for; empty where the request is all there
    static Foretold of(Attested attested, Snapshot snapshot, Optional<Ground.Wish> wish) {
        return switch (Policy.decide(attested, snapshot)) {
            case Verdict.Hold it ->
                new Decided(Result.DEFERRED, "deferred", by(attested), Optional.empty(), it.trace());
            case Verdict.Deny it -> refused(attested, it.refusal(), it.trace());
            case Permit permit ->
                wish.filter(it -> it.asked().isEmpty()).isPresent()
                        ? new Untold("what else its certificate request asked for was too long to keep", permit.trace())
                        : consulted(permit);
        };
    }

    /// A hook is not asked: what it said then counts, where the same one would be asked.
    private static Foretold consulted(Permit permit) {
        return Consultation.due(permit)
                .map(due -> permit.snapshot()
                        .advised()
                        .filter(it -> it.hook().equals(due.hook()))
                        .map(it -> heard(permit, it))
                        .orElseGet(() -> unasked(permit, due.hook())))
                .orElseGet(() -> certified(permit));
    }

    private static Foretold heard(Permit permit, Advised advised) {
        return switch (Consultation.heard(permit, advised)) {
            case Permit it -> certified(it);
            case Verdict.Deny it -> refused(permit.attested(), it.refusal(), it.trace());
            case Verdict.Hold it ->
                new Decided(Result.DEFERRED, "deferred", by(permit.attested()), Optional.empty(), it.trace());
        };
    }

    private static Foretold unasked(Permit permit, HookUrl hook) {
        Check due = Check.note(
                "hook_due",
                hook.text(),
                "The hook would be asked. It is not asked here: a decision that is tried has no effect.");
        return new Untold("a hook would be asked", with(permit.trace(), List.of(due)));
    }

    private static Foretold certified(Permit permit) {
        Optional<CertificateRequest> request = permit.attested().request().certificate();
        if (request.isEmpty()) {
            return placed(permit, NextCredentials.plan(permit, Optional.empty()), List.of());
        }
        return switch (Entitlement.decide(permit, request.get())) {
            case Entitlement.Refused it -> refused(permit.attested(), it.refusal(), with(permit.trace(), it.trace()));
            case Entitlement.Stored it -> placed(permit, NextCredentials.plan(permit, Optional.empty()), it.trace());
            case Entitlement.Fresh it -> {
                List<Check> trace = with(
                        it.trace(),
                        List.of(Check.note(
                                "certificate_due",
                                "profile " + it.profile(),
                                "A certificate would be signed. Whether the request proves that the device holds its"
                                        + " key is not looked at here.")));
                yield placed(
                        permit, NextCredentials.plan(permit, Optional.of(fresh(permit, request.get(), it))), trace);
            }
        };
    }

    private static Foretold placed(Permit permit, NextCredentials credentials, List<Check> certified) {
        List<Check> trace = with(permit.trace(), certified);
        return switch (NextDevice.plan(permit, credentials.present())) {
            case NextDevice.Impossible it ->
                refused(permit.attested(), it.refusal(), with(trace, List.of(Settlement.refused(permit, it))));
            case NextDevice.Planned it ->
                new Decided(
                        Result.ACCEPTED,
                        it.change().name().toLowerCase(Locale.ROOT),
                        by(permit.attested()),
                        Optional.of(it.device().assignment().hub()),
                        with(trace, List.of(Settlement.placed(it))));
        };
    }

    /// The certificate that would be signed, as far as plans ask.
    private static Certification.Fresh fresh(Permit permit, CertificateRequest request, Entitlement.Fresh entitled) {
        Credential credential = new Credential(
                NO_SERIAL,
                request.key(),
                permit.attested().key(),
                request.asked().subject(),
                permit.snapshot().now(),
                permit.snapshot().now().plus(entitled.profile().life()),
                "",
                0,
                Credential.State.CURRENT);
        return new Certification.Fresh(
                credential, Bytes.of(new byte[0]), entitled.profile().toString());
    }

    private static Foretold refused(Attested attested, Refusal refusal, List<Check> trace) {
        return new Decided(Result.REFUSED, Problem.of(refusal).code(), by(attested), Optional.empty(), trace);
    }

    private static Optional<Origin> by(Attested attested) {
        return Optional.of(attested.enrollment().origin());
    }

    private static byte[] serial() {
        byte[] octets = new byte[Serial.SIZE];
        octets[0] = Serial.MARK;
        return octets;
    }

    private static List<Check> with(List<Check> trace, List<Check> more) {
        List<Check> longer = new ArrayList<>(trace);
        longer.addAll(more);
        return List.copyOf(longer);
    }
}
