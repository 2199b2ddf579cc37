package io.muster.core.issuance;

import io.muster.core.device.Bytes;
import io.muster.core.device.KeyAlgorithm;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Secret;
import io.muster.core.device.Serial;
import io.muster.core.door.Refusal;
import io.muster.core.roster.CertificateProfile;
import io.muster.core.roster.Claim;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Makes the key and the certificate of a claim for one device, which a trusted user hands to it (AWS: provisioning
/// claim). No ledger knows the certificate: it proves nothing but the claim that is tied to it, and ends on its own.
public final class ClaimCredentials {

    private final KeyMaker keys;
    private final Issuer issuer;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public ClaimCredentials(KeyMaker keys, Issuer issuer, InstantSource clock) {
        this.keys = keys;
        this.issuer = issuer;
        this.clock = clock;
    }

    /// What came of it.
    public sealed interface Made {

        /// @param chain      DER, from the issuing authority to the root
        /// @param privateKey PKCS#8; it is kept nowhere
        record Done(Bytes certificate, List<Bytes> chain, Instant notAfter, Secret privateKey) implements Made {
            public Done {
                chain = List.copyOf(chain);
            }
        }

        record Refused(Refusal refusal) implements Made {}
    }

    /// @param name of the claim, which the certificate bears
    public Made make(Name tenant, Name name) {
        KeyMaker.Made made = keys.make(KeyAlgorithm.P256);
        Order order = new Order(
                tenant,
                RegistrationId.parse(name.value()).orElseThrow(),
                profile(tenant),
                made.request(),
                serial(),
                false,
                clock.instant());
        return switch (issuer.sign(order)) {
            case Issuer.Result.Signed it ->
                new Made.Done(it.certificate(), it.chain(), it.notAfter(), made.privateKey());
            case Issuer.Result.PossessionUnproved() -> new Made.Refused(new Refusal.PossessionUnproved());
            case Issuer.Result.NameForbidden it ->
                new Made.Refused(new Refusal.RequestedNameForbidden(it.name(), it.why()));
            case Issuer.Result.Linted it -> new Made.Refused(new Refusal.LintFailed(it.rule(), it.finding()));
        };
    }

    /// The standard profile with a life of its own: what a tenant makes of its profiles does not make claims live on.
    private static CertificateProfile profile(Name tenant) {
        CertificateProfile standard = CertificateProfile.standard(tenant);
        return new CertificateProfile(
                tenant,
                standard.name(),
                standard.version(),
                Claim.TRUSTED_USER_LIFE,
                standard.backdating(),
                standard.algorithms(),
                standard.keyUsages(),
                standard.purposes(),
                standard.subject(),
                standard.alternativeNames(),
                standard.serverKeys());
    }

    private Serial serial() {
        byte[] octets = new byte[Serial.SIZE];
        random.nextBytes(octets);
        octets[0] = Serial.MARK;
        return new Serial(Bytes.of(octets));
    }
}
