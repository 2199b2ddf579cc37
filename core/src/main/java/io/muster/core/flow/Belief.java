package io.muster.core.flow;

import io.muster.core.attestation.Basis;
import io.muster.core.attestation.Standing;
import io.muster.core.device.Device.Origin;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Secret;
import io.muster.core.ledger.Ground;
import io.muster.core.roster.Anchor;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import java.util.List;
import java.util.Optional;

/// Whether an enrollment would believe what a device once proved. The evidence itself is not kept; where what is kept
/// does not tell, neither does this.
sealed interface Belief {

    record Yes(String why) implements Belief {}

    record No(String why) implements Belief {}

    record Untold(String why) implements Belief {}

    /// @param origin the version that believed it then
    /// @param past   the versions that there were
    static Belief of(Ground ground, Origin origin, Enrollment candidate, Past past) {
        boolean own = candidate.name().equals(origin.enrollment());
        return switch (ground.shown()) {
            case Standing.ByCertificate ignored ->
                own
                        ? new Yes("This enrollment let the certificate be issued.")
                        : new No("Another enrollment let the certificate be issued.");
            case Standing.ByToken ignored ->
                own ? new Yes("The token was made for this enrollment.") : new No("The token is another enrollment's.");
            case Standing.ByCreation ignored ->
                own
                        ? new Yes("The certificate was created by a claim of this enrollment.")
                        : new No("The certificate was created by a claim of another enrollment.");
            case Standing.ByIdentity() ->
                own && past.sameProof(origin, candidate)
                        ? new Yes("The enrollment asks for the same proof as then.")
                        : byIdentity(ground, origin, candidate, past);
        };
    }

    private static Belief byIdentity(Ground ground, Origin origin, Enrollment candidate, Past past) {
        IdentityKey key = ground.key();
        return switch (candidate.proof()) {
            case Proof.Authorities it ->
                key.kind() == IdentityKey.Kind.X509 ? chain(ground, it.anchors()) : otherKind();
            case Proof.Pinned it -> key.kind() == IdentityKey.Kind.X509 ? pinned(ground, it) : otherKind();
            case Proof.SymmetricKeys it ->
                key.kind() == IdentityKey.Kind.SYMMETRIC ? shared(ground, origin, candidate, it, past) : otherKind();
            case Proof.OneTimeTokens() -> otherKind();
            case Proof.Claims() -> otherKind();
            case Proof.TpmManufacturers it ->
                key.kind() == IdentityKey.Kind.TPM ? manufacturer(ground, origin, candidate, it, past) : otherKind();
            case Proof.TpmPinned it ->
                IdentityKey.ofEndorsementKey(it.endorsementKey().toArray()).equals(key)
                        ? new Yes("The endorsement key is the pinned one.")
                        : new No("Another endorsement key is pinned.");
        };
    }

    private static Belief otherKind() {
        return new No("The enrollment asks for another kind of proof.");
    }

    private static Belief chain(Ground ground, List<Anchor> anchors) {
        return switch (ground.basis()) {
            case Basis.Chain it
            when anchors.stream().anyMatch(anchor -> anchor.fingerprint().equals(it.anchor())) ->
                new Yes("The authority that the chain ended at is listed.");
            case Basis.Chain it
            when anchors.stream().anyMatch(anchor -> it.mayLeadTo(anchor.subject())) ->
                new Untold("the chain may lead to another listed authority; chains are not kept");
            case Basis.Chain ignored -> new No("The chain leads to no authority that is listed.");
            case Basis.Pinned ignored -> new Untold("only the certificate's fingerprint was kept, not its chain");
            case Basis.SharedKey ignored -> otherKind();
            case Basis.Itself() -> new Untold("what the proof rested on was not kept");
            case Basis.Unsaid() -> new Untold("the try had been deferred; what its proof rested on was not kept");
        };
    }

    private static Belief pinned(Ground ground, Proof.Pinned proof) {
        return switch (ground.basis()) {
            case Basis.Pinned it ->
                proof.primary().fingerprint().equals(it.certificate())
                                || proof.secondary()
                                        .filter(second -> second.fingerprint().equals(it.certificate()))
                                        .isPresent()
                        ? new Yes("The certificate is pinned.")
                        : new No("Another certificate is pinned.");
            case Basis.SharedKey ignored -> otherKind();
            case Basis.Chain ignored -> new Untold("the authority was kept, not the device's own certificate");
            case Basis.Itself() -> new Untold("what the proof rested on was not kept");
            case Basis.Unsaid() -> new Untold("the try had been deferred; what its proof rested on was not kept");
        };
    }

    private static Belief shared(
            Ground ground, Origin origin, Enrollment candidate, Proof.SymmetricKeys proof, Past past) {
        Optional<Enrollment> then = past.version(origin);
        if (!(ground.basis() instanceof Basis.SharedKey basis)
                || then.isEmpty()
                || !(then.get().proof() instanceof Proof.SymmetricKeys keys)) {
            return new Untold("which key had signed was not kept");
        }
        if (then.get().individual().isPresent() != candidate.individual().isPresent()) {
            return new Untold("a group's key and a device's own are not compared");
        }
        Secret used = basis.place() == Basis.SharedKey.Place.PRIMARY ? keys.primary() : keys.secondary();
        return used.equals(proof.primary()) || used.equals(proof.secondary())
                ? new Yes("The key that had signed is still a key of the enrollment.")
                : new No("The key that had signed is no key of the enrollment.");
    }

    /// The list of keys decides before anything else: what is not listed is refused, whoever certified it.
    private static Belief manufacturer(
            Ground ground, Origin origin, Enrollment candidate, Proof.TpmManufacturers proof, Past past) {
        if (!proof.allowed().isEmpty() && !proof.allowed().contains(ground.key().fingerprint())) {
            return new No("The endorsement key is not on the enrollment's list.");
        }
        Belief chain = chain(ground, proof.anchors());
        return chain instanceof Yes && !past.hadLists(origin, candidate)
                ? new Untold("a revocation list is new since; serial numbers of endorsement certificates are not kept")
                : chain;
    }
}
