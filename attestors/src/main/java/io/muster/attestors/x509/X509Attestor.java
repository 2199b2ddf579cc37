package io.muster.attestors.x509;

import io.muster.core.attestation.Attestor;
import io.muster.core.attestation.Basis;
import io.muster.core.device.Bytes;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.Check;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Refusal;
import io.muster.core.roster.Anchor;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.x509.codec.Certificate;
import io.muster.x509.codec.CertificateReader;
import io.muster.x509.codec.CommonName;
import io.muster.x509.codec.Reading;
import io.muster.x509.path.ChainValidator;
import io.muster.x509.path.DeviceCertificateRules;
import io.muster.x509.path.PathFinding;
import io.muster.x509.path.PresentedChain;
import io.muster.x509.path.Validation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Believes certificates: chains for groups, pins for individuals. The identity key is the leaf's public key.
public final class X509Attestor implements Attestor {

    private static final int RECENT_CHAINS = 32;
    private static final int RECENT_INTERMEDIATES = 64;

    private final ChainValidator validator;
    private final HeldAnchors held = new HeldAnchors();
    private final Recent<List<Bytes>, PresentedChain.Outcome> chains = new Recent<>(RECENT_CHAINS, this::read);
    private final Recent<Bytes, Reading> intermediates =
            new Recent<>(RECENT_INTERMEDIATES, der -> CertificateReader.read(der.toArray()));

    public X509Attestor(ChainValidator validator) {
        this.validator = validator;
    }

    private PresentedChain.Outcome read(List<Bytes> certificates) {
        return PresentedChain.read(
                certificates.stream().map(Bytes::toArray).toList(), der -> intermediates.get(Bytes.of(der)));
    }

    @Override
    public Finding examine(Enrollment candidate, EnrollmentRequest request, Instant now) {
        Optional<Evidence.CertificateChain> shown = request.evidence().stream()
                .filter(Evidence.CertificateChain.class::isInstance)
                .map(Evidence.CertificateChain.class::cast)
                .findFirst();
        if (shown.isEmpty()) {
            return new Finding.NotMine();
        }
        List<Bytes> certificates = shown.get().certificates();
        return switch (candidate.proof()) {
            case Proof.SymmetricKeys _,
                    Proof.OneTimeTokens _,
                    Proof.Claims _,
                    Proof.TpmManufacturers _,
                    Proof.TpmPinned _ -> new Finding.NotMine();
            case Proof.Authorities wanted -> withChain(certificates, chain -> byAuthority(wanted, chain, request, now));
            case Proof.Pinned wanted ->
                withChain(certificates, chain -> byPin(wanted, chain.leaf(), request.registrationId(), now));
        };
    }

    /// One request is examined for each group of its tenant; its chain is read once for all of them.
    private Finding withChain(List<Bytes> certificates, Function<PresentedChain, Finding> examination) {
        return switch (chains.get(certificates)) {
            case PresentedChain.Outcome.Understood understood -> examination.apply(understood.chain());
            case PresentedChain.Outcome.Refused refused ->
                disproved(refused.finding(), "the presented chain", certificates.size());
        };
    }

    private Finding byAuthority(
            Proof.Authorities wanted, PresentedChain chain, EnrollmentRequest request, Instant now) {
        return switch (validator.validate(chain, held.of(wanted), now)) {
            case Validation.Invalid invalid ->
                disproved(
                        invalid.finding(),
                        subject(chain.leaf()),
                        1 + chain.others().size());
            case Validation.Valid valid -> {
                String path = valid.path().stream().map(X509Attestor::subject).collect(Collectors.joining(" → "));
                Check believed = Check.pass(
                        "chain_valid",
                        path,
                        "every signature and every constraint holds up to an authority of the enrollment");
                yield request.thing().isPresent()
                        ? templated(chain.leaf(), request.registrationId(), basis(valid, chain), believed)
                        : named(chain.leaf(), request.registrationId(), basis(valid, chain), believed);
            }
        };
    }

    private Finding byPin(Proof.Pinned wanted, Certificate leaf, RegistrationId id, Instant now) {
        boolean isPrimary = isSame(wanted.primary(), leaf);
        boolean isSecondary =
                wanted.secondary().filter(anchor -> isSame(anchor, leaf)).isPresent();
        if (!isPrimary && !isSecondary) {
            Refusal refusal =
                    new Refusal.CertificateNotPinned(leaf.fingerprint().hex());
            return new Finding.Disproved(refusal, Progress.STRANGER, List.of(Check.fail(subject(leaf), refusal)));
        }
        Optional<PathFinding> broken = DeviceCertificateRules.check(leaf, now);
        if (broken.isPresent()) {
            return disproved(broken.get(), subject(leaf), 1);
        }
        return named(
                leaf,
                id,
                new Basis.Pinned(leaf.fingerprint().hex()),
                Check.pass(
                        "certificate_pinned",
                        (isPrimary ? "primary" : "secondary") + " certificate, SHA-256 "
                                + leaf.fingerprint().hex(),
                        "the certificate is one that the individual enrollment pins, and within its time"));
    }

    private static Basis basis(Validation.Valid valid, PresentedChain chain) {
        List<String> issuers = Stream.concat(Stream.of(chain.leaf()), chain.others().stream())
                .map(certificate -> certificate.issuer().text())
                .toList();
        return Basis.Chain.of(valid.anchor().fingerprint().hex(), issuers);
    }

    private static boolean isSame(Anchor anchor, Certificate leaf) {
        return anchor.certificate().equals(leaf.der());
    }

    /// The certificate must name the device that registers: who holds a certificate may not come under another name.
    private static Finding named(Certificate leaf, RegistrationId id, Basis basis, Check believed) {
        return switch (leaf.subject().commonName()) {
            case CommonName.Unusable unusable ->
                unnamed(new Refusal.CertificateMalformed(unusable.finding().says() + "."), subject(leaf), believed);
            case CommonName.Named name
            when !isNamed(id, name.value()) ->
                unnamed(new Refusal.NameMismatch(Printable.of(name.value()), id.display()), subject(leaf), believed);
            case CommonName.Named name -> {
                Check matches = Check.pass(
                        "name_matches",
                        name.value(),
                        "the certificate's common name is the registration id, letter case aside");
                yield new Finding.Proved(
                        IdentityKey.ofPublicKey(leaf.key().spki().toArray()), basis, List.of(believed, matches));
            }
        };
    }

    /// The enrollment's template made the name of this very certificate, before the request was made.
    private static Finding templated(Certificate leaf, RegistrationId id, Basis basis, Check believed) {
        Check matches = Check.pass(
                "name_made", id.display(), "the enrollment's template makes this name of the certificate's subject");
        return new Finding.Proved(
                IdentityKey.ofPublicKey(leaf.key().spki().toArray()), basis, List.of(believed, matches));
    }

    private static boolean isNamed(RegistrationId id, String commonName) {
        return RegistrationId.parse(commonName).filter(id::equals).isPresent();
    }

    private static Finding unnamed(Refusal refusal, String input, Check believed) {
        return new Finding.Disproved(refusal, Progress.BELIEVED, List.of(believed, Check.fail(input, refusal)));
    }

    private static Finding disproved(PathFinding finding, String input, int presented) {
        Refusal refusal = Refusals.of(finding, input, presented);
        List<Check> checks = new ArrayList<>();
        checks.add(Check.note("chain_finding", input, finding.says()));
        checks.add(Check.fail(input, refusal));
        return new Finding.Disproved(refusal, Progress.of(finding), checks);
    }

    private static String subject(Certificate certificate) {
        return certificate.subject().text();
    }
}
