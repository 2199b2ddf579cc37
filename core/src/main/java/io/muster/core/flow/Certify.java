package io.muster.core.flow;

import io.muster.core.attestation.Standing;
import io.muster.core.device.Credential;
import io.muster.core.device.Device;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Name;
import io.muster.core.device.Serial;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.Check;
import io.muster.core.door.Issued;
import io.muster.core.door.Offer;
import io.muster.core.door.Refusal;
import io.muster.core.issuance.Entitlement;
import io.muster.core.issuance.Issuer;
import io.muster.core.issuance.Order;
import io.muster.core.issuance.RenewalWindow;
import io.muster.core.ledger.Certificates;
import io.muster.core.ledger.Certification;
import io.muster.core.ledger.Creations;
import io.muster.core.policy.Verdict.Permit;
import io.muster.core.roster.CertificateProfile;
import io.muster.core.roster.CertificateTerms;
import io.muster.core.roster.Roster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The step of an enrollment that signs. What it signs waits in memory until the act is recorded: what never left was
/// never issued.
public final class Certify {

    private final Issuer issuer;
    private final Certificates certificates;
    private final Creations creations;

    public Certify(Issuer issuer, Certificates certificates, Creations creations) {
        this.issuer = issuer;
        this.certificates = certificates;
        this.creations = creations;
    }

    /// What came of it.
    sealed interface Certified {

        /// @param fresh  what was signed
        /// @param issued what goes to the device; the stored certificate where nothing was signed
        record Granted(Optional<Certification.Fresh> fresh, Optional<Issued> issued, List<Check> trace)
                implements Certified {}

        /// @param signing whether it was entitled to a certificate, and the issuer would not sign it
        record Refused(Refusal refusal, boolean signing, List<Check> trace) implements Certified {}
    }

    /// @param serial makes the serial number, where one is needed
    Certified certify(Permit permit, Supplier<Serial> serial) {
        if (permit.attested().shown() instanceof Standing.ByCreation shown) {
            return adopt(permit, shown.serial());
        }
        Optional<CertificateRequest> request = permit.attested().request().certificate();
        if (request.isEmpty()) {
            return new Certified.Granted(Optional.empty(), Optional.empty(), List.of());
        }
        return switch (Entitlement.decide(permit, request.get())) {
            case Entitlement.Refused it -> new Certified.Refused(it.refusal(), false, it.trace());
            case Entitlement.Stored it -> stored(permit, it);
            case Entitlement.Fresh it -> sign(permit, it, it.order(permit, request.get(), serial.get()));
        };
    }

    /// What a claim created becomes the device's; it went to it long ago.
    private Certified adopt(Permit permit, Serial serial) {
        if (permit.known().flatMap(device -> device.credential(serial)).isPresent()) {
            return new Certified.Granted(Optional.empty(), Optional.empty(), List.of());
        }
        Name tenant = permit.attested().enrollment().tenant();
        return creations
                .find(tenant, serial)
                .<Certified>map(it -> new Certified.Granted(
                        Optional.of(new Certification.Fresh(it.credential(), it.certificate(), it.profile())),
                        Optional.empty(),
                        List.of(Check.pass(
                                "certificate_adopted",
                                serial + " until " + it.credential().notAfter(),
                                "The certificate that a claim created becomes the device's."))))
                .orElseGet(() -> {
                    Refusal gone = new Refusal.CreationRevoked();
                    return new Certified.Refused(gone, false, List.of(Check.fail(serial.toString(), gone)));
                });
    }

    /// The newest certificate of a permitted device, as it was issued.
    Optional<Issued> newest(Permit permit) {
        return permit.known().flatMap(Device::currentCredential).map(credential -> kept(permit, credential));
    }

    /// Whom to trust at an endpoint, and what may be asked for there.
    Offer offer(Roster.Endpoint.Open endpoint) {
        Name profile = endpoint.enrollment()
                .map(it -> it.treatment().certificates().profile())
                .orElse(CertificateProfile.STANDARD);
        return endpoint.profiles().stream()
                .filter(it -> it.name().equals(profile))
                .findFirst()
                .<Offer>map(it ->
                        new Offer.Open(issuer.authorities(endpoint.tenant().name()), it.algorithms()))
                .orElseGet(() -> new Offer.Closed(new Refusal.ProfileMissing(profile.value())));
    }

    private Certified stored(Permit permit, Entitlement.Stored it) {
        Issued issued = kept(permit, it.credential());
        return new Certified.Granted(Optional.empty(), Optional.of(issued), it.trace());
    }

    private Issued kept(Permit permit, Credential credential) {
        Name tenant = permit.attested().enrollment().tenant();
        Certificates.Kept kept = certificates
                .find(tenant, credential.serial())
                .orElseThrow(() -> new IllegalStateException("a credential has no record"));
        return new Issued(
                kept.certificate(),
                issuer.chain(tenant, credential.issuer()),
                RenewalWindow.opens(credential, terms(permit)),
                Optional.empty());
    }

    private Certified sign(Permit permit, Entitlement.Fresh fresh, Order order) {
        return switch (issuer.sign(order)) {
            case Issuer.Result.Signed it -> granted(permit, fresh, order, it);
            case Issuer.Result.PossessionUnproved() -> refused(fresh, new Refusal.PossessionUnproved());
            case Issuer.Result.NameForbidden it ->
                refused(fresh, new Refusal.RequestedNameForbidden(it.name(), it.why()));
            case Issuer.Result.Linted it -> refused(fresh, new Refusal.LintFailed(it.rule(), it.finding()));
        };
    }

    private static Certified granted(Permit permit, Entitlement.Fresh fresh, Order order, Issuer.Result.Signed signed) {
        Credential credential = new Credential(
                order.serial(),
                IdentityKey.ofPublicKey(signed.key().toArray()),
                permit.attested().key(),
                signed.subject(),
                order.now(),
                signed.notAfter(),
                signed.issuer(),
                signed.shard(),
                Credential.State.CURRENT);
        List<Check> trace = with(
                fresh.trace(),
                Check.pass(
                        "certificate_signed",
                        credential.serial() + " until " + credential.notAfter(),
                        "Possession was proved, and the lint of profile " + fresh.profile() + " found nothing."));
        Issued issued = new Issued(
                signed.certificate(),
                signed.chain(),
                RenewalWindow.opens(credential, terms(permit)),
                signed.privateKey());
        return new Certified.Granted(
                Optional.of(new Certification.Fresh(
                        credential, signed.certificate(), fresh.profile().toString())),
                Optional.of(issued),
                trace);
    }

    private static Certified refused(Entitlement.Fresh fresh, Refusal refusal) {
        return new Certified.Refused(
                refusal, true, with(fresh.trace(), Check.fail(fresh.profile().toString(), refusal)));
    }

    private static CertificateTerms terms(Permit permit) {
        return permit.attested().enrollment().treatment().certificates();
    }

    private static List<Check> with(List<Check> trace, Check last) {
        List<Check> longer = new ArrayList<>(trace);
        longer.add(last);
        return List.copyOf(longer);
    }
}
