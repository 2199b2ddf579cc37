package io.muster.x509.issuing;

import io.muster.core.device.Bytes;
import io.muster.core.device.KeyAlgorithm;
import io.muster.core.device.Name;
import io.muster.core.device.Secret;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.CertificateRequest.AlternativeName;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.issuance.AuthorityVault;
import io.muster.core.issuance.Issuer;
import io.muster.core.issuance.Order;
import io.muster.core.roster.CertificateProfile;
import io.muster.x509.codec.Der;
import io.muster.x509.codec.KeyKind;
import io.muster.x509.codec.SignedRequest;
import io.muster.x509.codec.SubjectKey;
import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.issuing.Subjects.Choice;
import io.muster.x509.lint.LintRules;
import io.muster.x509.lint.LintTerms;
import java.security.KeyPair;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// The issuing authorities of all tenants.
public final class IssuingAuthorities implements Issuer {

    private final OpenAuthorities authorities;
    private final AuthoritySettings settings;
    private final SignatureEngine engine;
    private final OwnNames ownNames;
    private final CertificateBody body;

    /// @param clock for the authorities' own certificates; an order brings its time
    public IssuingAuthorities(
            AuthorityVault vault, AuthoritySettings settings, SignatureEngine engine, InstantSource clock) {
        this.authorities = new OpenAuthorities(vault, new AuthorityMaker(settings, engine), engine, clock);
        this.settings = settings;
        this.engine = engine;
        this.ownNames = new OwnNames(settings.serverNames());
        this.body = new CertificateBody(settings);
    }

    @Override
    public Result sign(Order order) {
        SignedRequest signed = SignedRequest.of(order.request().der());
        if (!engine.isSealedBy(signed.seal(), requestKey(order.request()))) {
            return new Result.PossessionUnproved();
        }
        List<AlternativeName> names = names(order);
        Optional<String> ownName = ownName(order, names);
        if (ownName.isPresent()) {
            return new Result.NameForbidden(ownName.get(), "it is a server's of this installation");
        }
        return switch (Subjects.choose(order, signed)) {
            case Choice.Foreign it -> new Result.NameForbidden(it.name(), "it is not the device's own name");
            case Choice.Chosen it -> build(order, it, names);
        };
    }

    private Result build(Order order, Choice.Chosen chosen, List<AlternativeName> names) {
        OpenAuthority authority = authorities.newest(order.tenant());
        Optional<KeyPair> made = order.request().purpose() == Purpose.GENERATE_KEY
                ? Optional.of(engine.newKey(order.request().algorithm()))
                : Optional.empty();
        SubjectKey key = made.map(pair -> SubjectKey.of(
                        kind(order.request().algorithm()), pair.getPublic().getEncoded()))
                .orElseGet(() -> requestKey(order.request()));
        Instant notAfter = notAfter(order, authority);
        byte[] tbs = body.of(
                order,
                authority,
                new CertificateBody.Parts(
                        chosen.subject().der(), key, order.request().algorithm(), notAfter, names));
        Optional<LintRules.Finding> finding =
                LintRules.first(tbs, new LintTerms(order, key.spki(), authority.issuing(), settings.base()));
        if (finding.isPresent()) {
            return new Result.Linted(finding.get().rule(), finding.get().says());
        }
        byte[] signature = authority.signer().sign(List.of(tbs));
        return new Result.Signed(
                Bytes.of(Der.sequence(tbs, CertificateBody.ALGORITHM, Der.bits(signature))),
                authority.chain(),
                chosen.subject().comparableText(),
                notAfter,
                authority.issuer(),
                body.shard(order),
                key.spki(),
                made.map(pair -> Secret.of(pair.getPrivate().getEncoded())));
    }

    private static Instant notAfter(Order order, OpenAuthority authority) {
        Instant end = order.now().plus(order.profile().life()).truncatedTo(ChronoUnit.SECONDS);
        Instant issuers = authority.issuing().validity().notAfter();
        return end.isAfter(issuers) ? issuers : end;
    }

    private static List<AlternativeName> names(Order order) {
        return order.profile().alternativeNames().stream()
                .map(it -> new AlternativeName(it.kind(), it.fill(order.tenant(), order.registrationId())))
                .toList();
    }

    /// A name that is asked for, or that the certificate would carry. A common name is a server's name only where the
    /// certificate is good for a server.
    private Optional<String> ownName(Order order, List<AlternativeName> names) {
        String id = order.registrationId().canonical();
        boolean servers = order.profile().purposes().contains(CertificateProfile.SERVER_AUTHENTICATION);
        return ownNames.among(order.request().asked().names())
                .or(() -> ownNames.among(names))
                .map(AlternativeName::value)
                .or(() -> servers && ownNames.has(id) ? Optional.of(id) : Optional.empty());
    }

    private static SubjectKey requestKey(CertificateRequest request) {
        return SubjectKey.of(kind(request.algorithm()), request.publicKey().toArray());
    }

    private static KeyKind kind(KeyAlgorithm algorithm) {
        return switch (algorithm) {
            case P256 -> KeyKind.P256;
            case P384 -> KeyKind.P384;
            case RSA -> KeyKind.RSA;
            case ED25519 -> KeyKind.ED25519;
        };
    }

    @Override
    public List<Bytes> authorities(Name tenant) {
        return authorities.newest(tenant).chain();
    }

    @Override
    public Optional<Name> tenant(String issuer) {
        return authorities.find(issuer).map(OpenAuthority::tenant);
    }

    @Override
    public List<Bytes> chain(Name tenant, String issuer) {
        return authorities
                .find(issuer)
                .filter(authority -> authority.tenant().equals(tenant))
                .orElseThrow(() -> new IllegalStateException("no authority " + issuer + " of tenant " + tenant))
                .chain();
    }

    /// The certificate of an issuing authority, DER, for whoever follows a certificate to its issuer; empty for an
    /// authority that never was.
    ///
    /// @param issuer key identifier, lower-case hexadecimal
    public Optional<Bytes> certificate(String issuer) {
        return authorities.find(issuer).map(authority -> authority.issuing().der());
    }

    /// What signs the CRLs of these authorities.
    public CrlWriter crls() {
        return new CrlWriter(authorities, settings);
    }
}
