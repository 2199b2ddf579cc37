package io.muster.core.policy;

import io.muster.core.attestation.Attested;
import io.muster.core.attestation.Standing;
import io.muster.core.device.Credential;
import io.muster.core.device.Device;
import io.muster.core.door.Check;
import io.muster.core.door.Refusal;
import io.muster.core.roster.FactTerms;
import io.muster.core.roster.Treatment.KeyChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides. Pure: no clock, no store, no randomness.
public final class Policy {

    /// How long a device whose certificate never connected may be registered again by its claim.
    private static final Duration UNCLAIMED = Duration.ofHours(1);

    private Policy() {}

    /// Decides on an attested request. The order of the rules is the order in which an operator wants to be told:
    /// first what is switched off, then what is blocked, then whose the name and the key are, then what it says of
    /// itself.
    public static Verdict decide(Attested attested, Snapshot snapshot) {
        List<Check> trace = new ArrayList<>(attested.checks());
        if (snapshot.clock() instanceof Snapshot.Clock.Untrusted untrusted) {
            return hold(untrusted, trace);
        }
        Optional<Refusal> refusal = refuse(attested, snapshot, trace).or(() -> refuseFacts(attested, snapshot, trace));
        if (refusal.isPresent()) {
            trace.add(Check.fail(attested.request().registrationId().display(), refusal.get()));
            return new Verdict.Deny(refusal.get(), List.copyOf(trace));
        }
        boolean rekeyed =
                snapshot.byName().isPresent() && !bound(snapshot.byName().get(), attested);
        return new Verdict.Permit(attested, snapshot, rekeyed, List.copyOf(trace));
    }

    private static Optional<Refusal> refuse(Attested attested, Snapshot snapshot, List<Check> trace) {
        if (!attested.recognized().tenant().enabled()) {
            return Optional.of(new Refusal.TenantDisabled());
        }
        if (!attested.enrollment().enabled()) {
            return Optional.of(
                    new Refusal.EnrollmentDisabled(attested.enrollment().name().value()));
        }
        trace.add(Check.pass(
                "enrollment_enabled", attested.enrollment().origin().toString(), "The enrollment is enabled."));
        if (snapshot.nameBlocked() || snapshot.keyBlocked()) {
            return Optional.of(new Refusal.Blocked(snapshot.nameBlocked() ? "registration id" : "identity key"));
        }
        trace.add(Check.pass("not_blocked", "registration id and identity key", "Neither is on the block list."));
        return snapshot.byName()
                .map(device -> refuseKnown(device, attested, snapshot, trace))
                .orElseGet(() -> refuseNew(attested, snapshot, trace));
    }

    private static Optional<Refusal> refuseNew(Attested attested, Snapshot snapshot, List<Check> trace) {
        if (attested.shown() instanceof Standing.ByCertificate shown) {
            return Optional.of(new Refusal.CertificateSuperseded(shown.serial().toString()));
        }
        if (heldByOther(attested, snapshot)) {
            return Optional.of(new Refusal.IdentityKeyTaken());
        }
        trace.add(Check.pass("name_free", "no device of this name", "A name that is free may be taken."));
        trace.add(Check.pass("key_free", "no device with this identity key", "A key proves one device only."));
        return Optional.empty();
    }

    private static Optional<Refusal> refuseKnown(
            Device device, Attested attested, Snapshot snapshot, List<Check> trace) {
        Optional<Refusal> taken = refuseTaken(device);
        if (taken.isPresent()) {
            return taken;
        }
        if (attested.shown() instanceof Standing.ByCertificate shown) {
            Optional<Refusal> refusal = refuseCertificate(device, shown, attested, snapshot, trace);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        if (bound(device, attested)) {
            trace.add(Check.pass(
                    "same_device", device.deviceId(), "The same name with the same identity key is the same device."));
            return Optional.empty();
        }
        if (heldByOther(attested, snapshot)) {
            return Optional.of(new Refusal.IdentityKeyTaken());
        }
        if (attested.shown() instanceof Standing.ByToken) {
            trace.add(Check.note(
                    "one_time_permit",
                    device.deviceId(),
                    "An operator made the token for this very name: it permits one change of the identity key."));
            return Optional.empty();
        }
        if (attested.shown() instanceof Standing.ByCreation && neverCame(device, snapshot)) {
            trace.add(Check.note(
                    "never_connected",
                    device.deviceId(),
                    "The certificate that a claim created for this device never connected, and it is less than an hour"
                            + " old: its answer was lost, and another takes its place."));
            return Optional.empty();
        }
        if (attested.enrollment().treatment().keyChange() == KeyChange.REFUSE) {
            return Optional.of(new Refusal.IdentityKeyChanged());
        }
        trace.add(Check.note(
                "identity_key_changed",
                device.deviceId(),
                "The enrollment allows a known device to come with a new identity key."));
        return Optional.empty();
    }

    private static Optional<Refusal> refuseFacts(Attested attested, Snapshot snapshot, List<Check> trace) {
        String origin = attested.enrollment().origin().toString();
        FactTerms terms = attested.enrollment().treatment().facts();
        if (terms.set().isPresent()) {
            trace.add(
                    Check.note("facts_set", origin, "Facts that the enrollment sets count, whatever the device says."));
        }
        return switch (snapshot.facts()) {
            case Facts.Misfit it -> Optional.of(new Refusal.FactsRefused(it.place(), it.rule()));
            case Facts.Believed it -> {
                if (it.checked()) {
                    trace.add(Check.pass(
                            "facts_fit", origin, "What the device says of itself fits the enrollment's schema."));
                }
                yield Optional.empty();
            }
        };
    }

    private static Optional<Refusal> refuseTaken(Device device) {
        return switch (device.state()) {
            case ENABLED -> Optional.empty();
            case QUARANTINED -> Optional.of(new Refusal.DeviceQuarantined());
            case DECOMMISSIONED -> Optional.of(new Refusal.Blocked("device"));
        };
    }

    /// A certificate that was issued here proves the device while the ledger says so, and after its end for as long
    /// as its enrollment is gracious, to renew and for nothing else. One that goes back to a former identity key
    /// proves nothing.
    private static Optional<Refusal> refuseCertificate(
            Device device, Standing.ByCertificate shown, Attested attested, Snapshot snapshot, List<Check> trace) {
        String serial = shown.serial().toString();
        Optional<Credential.State> state = device.credential(shown.serial()).map(Credential::state);
        if (state.isPresent() && state.get() == Credential.State.REVOKED) {
            return Optional.of(new Refusal.CertificateRevoked(serial));
        }
        if (state.isEmpty() || state.get() == Credential.State.SUPERSEDED || !bound(device, attested)) {
            return Optional.of(new Refusal.CertificateSuperseded(serial));
        }
        Duration grace = attested.request().certificate().isPresent()
                ? attested.enrollment().treatment().certificates().grace()
                : Duration.ZERO;
        if (snapshot.now().isAfter(shown.notAfter().plus(grace))) {
            return Optional.of(new Refusal.CertificateExpired(
                    attested.request().registrationId().display(), shown.notAfter()));
        }
        trace.add(
                Check.pass("certificate_stands", serial, "It was issued here, and is neither revoked nor superseded."));
        if (snapshot.now().isAfter(shown.notAfter())) {
            trace.add(Check.note(
                    "grace", shown.notAfter().toString(), "It has ended; the enrollment's grace still lets it renew."));
        }
        return Optional.empty();
    }

    private static boolean neverCame(Device device, Snapshot snapshot) {
        return device.updatedAt().plus(UNCLAIMED).isAfter(snapshot.now())
                && device.currentCredential()
                        .filter(it -> it.state() == Credential.State.UNUSED)
                        .isPresent();
    }

    private static boolean bound(Device device, Attested attested) {
        return device.identityKeys().contains(attested.key());
    }

    private static boolean heldByOther(Attested attested, Snapshot snapshot) {
        return snapshot.keyHolder()
                .filter(holder -> !holder.equals(attested.request().registrationId()))
                .isPresent();
    }

    private static Verdict hold(Snapshot.Clock.Untrusted untrusted, List<Check> trace) {
        String why = "This node's clock is " + untrusted.offset().abs().toSeconds() + " s "
                + (untrusted.offset().isNegative() ? "behind " : "ahead of ") + untrusted.reference() + ".";
        trace.add(Check.note("clock_untrusted", why, "Nothing is issued until the clock can be relied on again."));
        return new Verdict.Hold(why, List.copyOf(trace));
    }
}
