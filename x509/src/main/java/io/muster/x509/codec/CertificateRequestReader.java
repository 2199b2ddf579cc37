package io.muster.x509.codec;

import io.muster.core.device.Bytes;
import io.muster.core.device.KeyAlgorithm;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.CertificateRequest.Asked;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.Refusal;
import java.io.IOException;
import java.util.Optional;

/// Reads a certificate request (PKCS#10, RFC 2986) at the wall. Never throws for what is in the bytes, whatever they
/// are, and computes no signature.
public final class CertificateRequestReader {

    /// The longest request that is read, in bytes.
    public static final int MAX_BYTES = 16 * 1024;

    private CertificateRequestReader() {}

    /// What came of reading a request.
    public sealed interface Reading {

        /// @param asymmetricKeyIdentifier the certificate to which a key made by the server shall be encrypted (RFC
        ///     7030 section 4.4.1.2)
        /// @param symmetricKeyAsked whether it shall be encrypted with a shared secret (section 4.4.1.1)
        record Read(CertificateRequest request, Optional<Bytes> asymmetricKeyIdentifier, boolean symmetricKeyAsked)
                implements Reading {}

        record Refused(Refusal refusal) implements Reading {}
    }

    public static Reading read(byte[] der, Purpose purpose) {
        if (der.length > MAX_BYTES) {
            return new Reading.Refused(new Refusal.TooLarge("The certificate request", MAX_BYTES));
        }
        try {
            return parse(der, purpose);
        } catch (Unreadable e) {
            return new Reading.Refused(refusal(e.finding()));
        } catch (IOException | RuntimeException e) {
            return new Reading.Refused(malformed("its fields are not those of a certificate request"));
        }
    }

    private static Reading parse(byte[] der, Purpose purpose) throws IOException {
        RequestParts parts = RequestParts.of(der);
        SubjectKey key = KeyRules.check(parts.key());
        KeyAlgorithm algorithm = algorithm(key.kind());
        if (!parts.seal().scheme().fits(key.kind())) {
            throw Unreadable.malformed("its signature algorithm " + parts.seal().algorithm()
                    + " does not fit its key or can be forged; SHA-256 or better is taken");
        }
        DistinguishedName subject = SubjectRules.check(parts.subject());
        RequestAttributes attributes = RequestAttributes.read(parts.attributes());
        Asked asked = new Asked(
                subject.comparableText(),
                subject.der(),
                SubjectRules.commonName(subject),
                attributes.extensions().names(),
                attributes.extensions().authority(),
                attributes.extensions().purposes(),
                attributes.newSubject().map(DistinguishedName::comparableText),
                attributes.channelBinding());
        CertificateRequest request = new CertificateRequest(purpose, Bytes.of(der), key.spki(), algorithm, asked);
        return new Reading.Read(request, attributes.asymmetricKey(), attributes.symmetricKey());
    }

    private static KeyAlgorithm algorithm(KeyKind kind) {
        return switch (kind) {
            case RSA -> KeyAlgorithm.RSA;
            case P256 -> KeyAlgorithm.P256;
            case P384 -> KeyAlgorithm.P384;
            case ED25519 -> KeyAlgorithm.ED25519;
            case P521 -> throw new Unreadable(new Finding.UnsupportedKey("EC curve P-521"));
        };
    }

    private static Refusal refusal(Finding finding) {
        return switch (finding) {
            case Finding.WeakKey it -> new Refusal.RequestedKeyUnacceptable(it.what());
            case Finding.UnsupportedKey it -> new Refusal.RequestedKeyUnacceptable(it.what());
            case Finding.Malformed it -> malformed(it.what());
            case Finding.TooComplex it ->
                malformed("it carries " + it.count() + " " + it.what() + "; at most " + it.limit() + " are read");
            case Finding.TooLarge _,
                    Finding.WeakSignature _,
                    Finding.UnsupportedSignature _,
                    Finding.UnknownCriticalExtension _,
                    Finding.UnsupportedNameConstraint _,
                    Finding.NoCommonName _,
                    Finding.SeveralCommonNames _,
                    Finding.CommonNameInCompany _,
                    Finding.OddCommonNameType _ -> malformed(finding.says());
        };
    }

    private static Refusal malformed(String what) {
        return new Refusal.CertificateRequestMalformed(what);
    }
}
