package io.muster.core.issuance;

import io.muster.core.attestation.Attested;
import io.muster.core.attestation.Standing;
import io.muster.core.device.Credential;
import io.muster.core.device.Device;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Serial;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.Check;
import io.muster.core.door.Refusal;
import io.muster.core.policy.Snapshot;
import io.muster.core.policy.Verdict.Permit;
import io.muster.core.roster.CertificateProfile;
import io.muster.core.roster.CertificateTerms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether a permitted device may have the certificate that it asks for. Pure, like policy.
public sealed interface Entitlement {

    List<Check> trace();

    /// It may have a new one.
    record Fresh(CertificateProfile profile, List<Check> trace) implements Entitlement {

        /// What to sign.
        public Order order(Permit permit, CertificateRequest request, Serial serial) {
            return new Order(
                    permit.attested().enrollment().tenant(),
                    permit.attested().request().registrationId(),
                    profile,
                    request,
                    serial,
                    permit.attested().hardware().residentKey().equals(Optional.of(request.key())),
                    permit.snapshot().now());
        }
    }

    /// It has one for this key, and the time for the next has not come: the same again.
    record Stored(Credential credential, List<Check> trace) implements Entitlement {}

    record Refused(Refusal refusal, List<Check> trace) implements Entitlement {}

    /// Decides on a request. The order of the rules: what is asked, whose the key is, then whether it is time.
    static Entitlement decide(Permit permit, CertificateRequest request) {
        List<Check> trace = new ArrayList<>();
        Attested attested = permit.attested();
        CertificateTerms terms = attested.enrollment().treatment().certificates();
        Optional<CertificateProfile> profile = attested.recognized().profile(terms.profile());
        Optional<Refusal> refusal = profile.isEmpty()
                ? Optional.of(new Refusal.ProfileMissing(terms.profile().value()))
                : RequestRules.refuse(
                                attested,
                                request,
                                profile.get(),
                                presented(permit).map(Credential::subject))
                        .or(() -> refuseKey(permit, request))
                        .or(() -> refuseRenewal(permit, request, terms));
        if (refusal.isPresent()) {
            trace.add(Check.fail(words(request), refusal.get()));
            return new Refused(refusal.get(), List.copyOf(trace));
        }
        trace.add(Check.pass(
                "request_within_profile", words(request), "Profile " + profile.get() + " grants what is asked."));
        Optional<Credential> stored = stored(permit, request, terms);
        if (stored.isPresent()) {
            Instant opens = RenewalWindow.opens(stored.get(), terms);
            trace.add(Check.note(
                    "certificate_stored",
                    stored.get().serial().toString(),
                    "The same key gets the same certificate until its renewal window opens, at " + opens + "."));
            return new Stored(stored.get(), List.copyOf(trace));
        }
        return new Fresh(profile.get(), List.copyOf(trace));
    }

    private static Optional<Refusal> refuseKey(Permit permit, CertificateRequest request) {
        RegistrationId name = permit.attested().request().registrationId();
        Snapshot.RequestedKey known = permit.snapshot().requestedKey();
        if (known.blocked()) {
            return Optional.of(new Refusal.Blocked("key of the certificate request"));
        }
        if (known.holder().filter(holder -> !holder.equals(name)).isPresent()) {
            return Optional.of(new Refusal.RequestedKeyTaken());
        }
        return permit.known().stream()
                .flatMap(device -> device.credentials().stream())
                .filter(it -> it.key().equals(request.key()))
                .filter(it -> it.state() == Credential.State.REVOKED)
                .findFirst()
                .map(it -> new Refusal.RequestedKeyRetired("certificate " + it.serial() + " for it was revoked"));
    }

    private static Optional<Refusal> refuseRenewal(Permit permit, CertificateRequest request, CertificateTerms terms) {
        if (!(permit.attested().shown() instanceof Standing.ByCertificate shown)) {
            return request.purpose() == Purpose.RENEW ? Optional.of(new Refusal.RenewalUnproved()) : Optional.empty();
        }
        Optional<Credential> presented = presented(permit);
        if (presented.isEmpty()) {
            return Optional.of(new Refusal.CertificateSuperseded(shown.serial().toString()));
        }
        return refuseSubject(presented.get(), request, terms)
                .or(() -> refuseRekey(permit, presented.get(), request, terms));
    }

    /// The certificate that the device shows, where it has it.
    private static Optional<Credential> presented(Permit permit) {
        return permit.attested().shown() instanceof Standing.ByCertificate shown
                ? permit.known().flatMap(device -> device.credential(shown.serial()))
                : Optional.empty();
    }

    /// RFC 7030 section 4.2.2: the subject of a renewal is that of the certificate being renewed. An empty one leaves
    /// it to the authority.
    private static Optional<Refusal> refuseSubject(
            Credential presented, CertificateRequest request, CertificateTerms terms) {
        if (request.asked().newSubject().isPresent()) {
            return terms.subjectChange()
                    ? Optional.empty()
                    : Optional.of(new Refusal.SubjectChanged(
                            presented.subject(), request.asked().newSubject().get()));
        }
        String asked = request.asked().subject();
        return asked.isEmpty() || asked.equals(presented.subject())
                ? Optional.empty()
                : Optional.of(new Refusal.SubjectChanged(presented.subject(), asked));
    }

    private static Optional<Refusal> refuseRekey(
            Permit permit, Credential presented, CertificateRequest request, CertificateTerms terms) {
        boolean sameKey =
                request.purpose() != Purpose.GENERATE_KEY && presented.key().equals(request.key());
        boolean known = permit.known().flatMap(Device::currentCredential).stream()
                .anyMatch(it -> it.key().equals(request.key()));
        if (sameKey || known) {
            return Optional.empty();
        }
        if (presented.notAfter().isBefore(permit.snapshot().now())) {
            return Optional.of(new Refusal.RekeyRefused("the certificate has expired"));
        }
        return terms.rekey()
                ? Optional.empty()
                : Optional.of(new Refusal.RekeyRefused("the enrollment does not allow it"));
    }

    private static Optional<Credential> stored(Permit permit, CertificateRequest request, CertificateTerms terms) {
        Instant now = permit.snapshot().now();
        return permit.rekeyed() || request.purpose() == Purpose.GENERATE_KEY
                ? Optional.empty()
                : permit.known()
                        .flatMap(Device::currentCredential)
                        .filter(it -> it.key().equals(request.key()))
                        .filter(it -> now.isBefore(RenewalWindow.opens(it, terms)) && now.isBefore(it.notAfter()));
    }

    private static String words(CertificateRequest request) {
        String subject = request.asked().commonName().orElse("no common name");
        return request.algorithm() + " key " + request.key().fingerprint().substring(0, 16) + ", " + subject;
    }
}
