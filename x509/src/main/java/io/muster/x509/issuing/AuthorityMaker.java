package io.muster.x509.issuing;

import io.muster.core.device.Bytes;
import io.muster.core.device.KeyAlgorithm;
import io.muster.core.device.Name;
import io.muster.core.device.Secret;
import io.muster.core.issuance.AuthorityVault;
import io.muster.core.roster.CertificateProfile;
import io.muster.x509.codec.Der;
import io.muster.x509.codec.KeyKind;
import io.muster.x509.codec.SubjectKey;
import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.engine.Signer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// Makes the root and the issuing authority of a tenant.
final class AuthorityMaker {

    /// Nobody's serial number: without the mark by which those of devices are known, and of another length.
    private static final int SERIAL_BITS = 126;

    private static final int NAME_DIGITS = 8;

    private final AuthoritySettings settings;
    private final SignatureEngine engine;

    AuthorityMaker(AuthoritySettings settings, SignatureEngine engine) {
        this.settings = settings;
        this.engine = engine;
    }

    private record Party(X500Name name, KeyPair keys, SubjectKey key) {

        Secret secret() {
            return Secret.of(keys.getPrivate().getEncoded());
        }
    }

    /// The first authority of a tenant; it is nobody's yet.
    AuthorityVault.Kept make(Name tenant, Instant now) {
        Party root = party(tenant, "Root CA");
        Party issuing = party(tenant, "Issuing CA");
        Instant rootEnd = now.plus(settings.rootLife());
        Instant issuingEnd = now.plus(settings.issuingLife());
        Signer signer = engine.signer(root.secret());
        return new AuthorityVault.Kept(
                tenant,
                1,
                issuing.key().identifier().hex(),
                certificate(root, root, signer, new Period(now, rootEnd), Optional.empty()),
                root.secret(),
                certificate(
                        issuing,
                        root,
                        signer,
                        new Period(now, issuingEnd.isBefore(rootEnd) ? issuingEnd : rootEnd),
                        Optional.of(0)),
                issuing.secret());
    }

    /// The name carries part of the key identifier: two authorities never have the same one.
    private Party party(Name tenant, String role) {
        KeyPair keys = engine.newKey(KeyAlgorithm.P256);
        SubjectKey key = SubjectKey.of(KeyKind.P256, keys.getPublic().getEncoded());
        String id = key.identifier().hex().substring(0, NAME_DIGITS);
        return new Party(settings.subject(tenant, role + " " + id), keys, key);
    }

    /// An authority begins to be valid as early as the most backdated certificate that it may sign.
    private record Period(Instant now, Instant end) {

        Time start() {
            return time(now.minus(CertificateProfile.MAX_BACKDATING));
        }

        Time finish() {
            return time(end);
        }

        private static Time time(Instant instant) {
            return new Time(Date.from(instant.truncatedTo(ChronoUnit.SECONDS)));
        }
    }

    private static Bytes certificate(
            Party subject, Party issuer, Signer signer, Period period, Optional<Integer> pathLength) {
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        V3TBSCertificateGenerator body = new V3TBSCertificateGenerator();
        body.setSerialNumber(new ASN1Integer(new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS - 1)));
        body.setSignature(algorithm);
        body.setIssuer(issuer.name());
        body.setSubject(subject.name());
        body.setStartDate(period.start());
        body.setEndDate(period.finish());
        body.setSubjectPublicKeyInfo(
                SubjectPublicKeyInfo.getInstance(subject.key().spki().toArray()));
        try {
            body.setExtensions(extensions(subject, issuer, pathLength).generate());
            byte[] tbs = body.generateTBSCertificate().getEncoded("DER");
            return Bytes.of(Der.sequence(tbs, algorithm.getEncoded("DER"), Der.bits(signer.sign(List.of(tbs)))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// RFC 5280 sections 4.2.1.1, 4.2.1.2, 4.2.1.3 and 4.2.1.9.
    private static ExtensionsGenerator extensions(Party subject, Party issuer, Optional<Integer> pathLength)
            throws IOException {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        extensions.addExtension(
                Extension.basicConstraints,
                true,
                pathLength.map(BasicConstraints::new).orElseGet(() -> new BasicConstraints(true)));
        extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        extensions.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new SubjectKeyIdentifier(subject.key().identifier().toArray()));
        if (!subject.equals(issuer)) {
            extensions.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new AuthorityKeyIdentifier(issuer.key().identifier().toArray()));
        }
        return extensions;
    }
}
