package io.muster.core.flow;

import io.muster.core.attestation.Continuations;
import io.muster.core.attestation.OwnershipToken;
import io.muster.core.device.Credential;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.KeyAlgorithm;
import io.muster.core.device.Name;
import io.muster.core.device.Secret;
import io.muster.core.device.Serial;
import io.muster.core.door.Admitted.Claimant;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.Creating;
import io.muster.core.door.CreationRequest;
import io.muster.core.door.CreationRequest.Wanted;
import io.muster.core.door.Issued;
import io.muster.core.door.Reception;
import io.muster.core.door.Refusal;
import io.muster.core.issuance.CreationEntitlement;
import io.muster.core.issuance.Issuer;
import io.muster.core.issuance.KeyMaker;
import io.muster.core.issuance.Order;
import io.muster.core.issuance.RenewalWindow;
import io.muster.core.ledger.Creation;
import io.muster.core.ledger.Creations;
import io.muster.core.ledger.Creations.Kept;
import io.muster.core.ledger.Ledger;
import io.muster.core.ledger.LedgerUnavailable;
import io.muster.core.policy.Snapshot.Clock;
import io.muster.core.roster.CertificateProfile;
import io.muster.core.roster.CertificateTerms;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Roster;
import io.muster.core.roster.Roster.Endpoint;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;

/// Creates a certificate for whoever holds a claim: may it, sign, store. It leaves when it is stored.
public final class Create {

    private static final System.Logger log = System.getLogger(Create.class.getName());

    private final Reception reception;
    private final Roster roster;
    private final Ledger ledger;
    private final Creations creations;
    private final Signing signing;
    private final InstantSource clock;

    /// @param issuer signs
    /// @param keys   makes keys where a device wants one made
    /// @param tokens seals ownership tokens
    public record Signing(Issuer issuer, KeyMaker keys, Continuations tokens, Workplaces places) {}

    public Create(
            Reception reception,
            Roster roster,
            Ledger ledger,
            Creations creations,
            Signing signing,
            InstantSource clock) {
        this.reception = reception;
        this.roster = roster;
        this.ledger = ledger;
        this.creations = creations;
        this.signing = signing;
        this.clock = clock;
    }

    Creating create(CreationRequest request) {
        Claimant claimant = request.claimant();
        Instant now = clock.instant();
        try {
            if (ledger.clock(now) instanceof Clock.Untrusted) {
                return refused(request, new Refusal.Unavailable("This node's clock cannot be relied on."));
            }
            return switch (roster.endpoint(
                    Optional.of(claimant.tenant().value()), Optional.of(claimant.enrollment()))) {
                case Endpoint.Nothing it -> refused(request, it.refusal());
                case Endpoint.Open it -> create(request, it, now);
            };
        } catch (LedgerUnavailable e) {
            log.log(System.Logger.Level.WARNING, "The ledger is unavailable: " + e.getMessage());
            return refused(request, new Refusal.Unavailable("The ledger is unavailable."));
        }
    }

    private Creating create(CreationRequest request, Endpoint.Open endpoint, Instant now) {
        Optional<Enrollment> enrollment = endpoint.enrollment().filter(it -> it.proof() instanceof Proof.Claims);
        if (enrollment.isEmpty()) {
            return refused(request, new Refusal.NotEnrolled());
        }
        if (!enrollment.get().enabled()) {
            return refused(
                    request,
                    new Refusal.EnrollmentDisabled(enrollment.get().name().value()));
        }
        CertificateTerms terms = enrollment.get().treatment().certificates();
        return endpoint.profiles().stream()
                .filter(it -> it.name().equals(terms.profile()))
                .findFirst()
                .map(profile -> create(request, profile, terms, now))
                .orElseGet(() -> refused(
                        request, new Refusal.ProfileMissing(terms.profile().value())));
    }

    private Creating create(CreationRequest request, CertificateProfile profile, CertificateTerms terms, Instant now) {
        return switch (request.wanted()) {
            case Wanted.ForKey it -> create(request, new Asked(it.request(), Optional.empty()), profile, terms, now);
            case Wanted.WithKey it -> {
                if (!profile.serverKeys()) {
                    yield refused(request, new Refusal.ServerKeyRefused(profile.toString()));
                }
                Optional<KeyMaker.Made> made =
                        signing.places().work(() -> signing.keys().make(algorithm(it.preferred(), profile)));
                yield made.map(key -> new Asked(key.request(), Optional.of(key.privateKey())))
                        .map(asked -> create(request, asked, profile, terms, now))
                        .orElseGet(() -> refused(request, new Refusal.KeysBusy()));
            }
        };
    }

    /// @param privateKey where it was made here
    private record Asked(CertificateRequest request, Optional<Secret> privateKey) {}

    private static KeyAlgorithm algorithm(KeyAlgorithm preferred, CertificateProfile profile) {
        return Stream.concat(Stream.of(preferred), Stream.of(KeyAlgorithm.values()))
                .filter(profile.algorithms()::contains)
                .findFirst()
                .orElse(preferred);
    }

    private Creating create(
            CreationRequest request, Asked asked, CertificateProfile profile, CertificateTerms terms, Instant now) {
        Name tenant = request.claimant().tenant();
        Serial serial = creations.serial(tenant);
        CreationEntitlement entitlement =
                CreationEntitlement.decide(tenant, Creation.name(serial), profile, asked.request(), serial, now);
        return switch (entitlement) {
            case CreationEntitlement.Refused it -> refused(request, it.refusal());
            case CreationEntitlement.Granted it -> sign(request, asked, it.order(), terms);
        };
    }

    private Creating sign(CreationRequest request, Asked asked, Order order, CertificateTerms terms) {
        return switch (signing.issuer().sign(order)) {
            case Issuer.Result.Signed it -> keep(request, asked, creation(request, order, it), it, terms);
            case Issuer.Result.PossessionUnproved() -> refused(request, new Refusal.PossessionUnproved());
            case Issuer.Result.NameForbidden it ->
                refused(request, new Refusal.RequestedNameForbidden(it.name(), it.why()));
            case Issuer.Result.Linted it -> refused(request, new Refusal.LintFailed(it.rule(), it.finding()));
        };
    }

    private static Creation creation(CreationRequest request, Order order, Issuer.Result.Signed signed) {
        IdentityKey key = IdentityKey.ofPublicKey(signed.key().toArray());
        Credential credential = new Credential(
                order.serial(),
                key,
                key,
                signed.subject(),
                order.now(),
                signed.notAfter(),
                signed.issuer(),
                signed.shard(),
                Credential.State.UNUSED);
        Claimant claimant = request.claimant();
        return new Creation(
                claimant.tenant(),
                claimant.claim(),
                claimant.enrollment(),
                credential,
                signed.certificate(),
                order.profile().toString(),
                order.now().plus(Creation.LIFE),
                new Creation.State.Waiting());
    }

    private Creating keep(
            CreationRequest request,
            Asked asked,
            Creation creation,
            Issuer.Result.Signed signed,
            CertificateTerms terms) {
        return switch (creations.keep(
                creation, SourceNetwork.of(request.source()).map(SourceNetwork::prefix))) {
            case Kept.Done() ->
                new Creating.Created(
                        creation.certificate().sha256(),
                        new Issued(
                                creation.certificate(),
                                signed.chain(),
                                RenewalWindow.opens(creation.credential(), terms),
                                asked.privateKey()),
                        new OwnershipToken(creation.credential().serial(), creation.expiresAt())
                                .seal(signing.tokens(), creation.tenant()),
                        creation.expiresAt());
            case Kept.Ended() -> refused(request, new Refusal.ClaimRevoked());
            case Kept.Spent it -> refused(request, new Refusal.ClaimSpent(it.creates(), it.window()));
            case Kept.TooFast it -> refused(request, new Refusal.ClaimTooFast(it.perSecond()));
        };
    }

    private Creating refused(CreationRequest request, Refusal refusal) {
        return new Creating.Refused(
                reception.turnAway(request.door(), refusal, request.source()).attempt(), refusal);
    }
}
