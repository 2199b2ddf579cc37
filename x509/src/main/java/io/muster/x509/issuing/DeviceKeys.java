package io.muster.x509.issuing;

import io.muster.core.device.KeyAlgorithm;
import io.muster.core.device.Secret;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.issuance.KeyMaker;
import io.muster.x509.codec.CertificateRequestReader;
import io.muster.x509.engine.SignatureEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.security.Provider;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// Makes keys for devices that cannot: each with a request of its own, so that it is certified by the same rules as a
/// key that a device made.
public final class DeviceKeys implements KeyMaker {

    private static final X500Name NOBODY = new X500Name("");

    private final SignatureEngine engine;

    public DeviceKeys(SignatureEngine engine) {
        this.engine = engine;
    }

    @Override
    public Made make(KeyAlgorithm algorithm) {
        KeyPair pair = engine.newKey(algorithm);
        byte[] request = request(pair, algorithm);
        return switch (CertificateRequestReader.read(request, Purpose.ENROLL)) {
            case CertificateRequestReader.Reading.Read it ->
                new Made(it.request(), Secret.of(pair.getPrivate().getEncoded()));
            case CertificateRequestReader.Reading.Refused it ->
                throw new IllegalStateException("a request that was made here is refused: " + it.refusal());
        };
    }

    private byte[] request(KeyPair pair, KeyAlgorithm algorithm) {
        try {
            PKCS10CertificationRequest request =
                    new JcaPKCS10CertificationRequestBuilder(NOBODY, pair.getPublic()).build(signer(pair, algorithm));
            return request.getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("a key that was made here does not sign", e);
        }
    }

    /// Ed25519 is the JDK's affair, as its keys are.
    private ContentSigner signer(KeyPair pair, KeyAlgorithm algorithm) throws OperatorCreationException {
        JcaContentSignerBuilder builder = new JcaContentSignerBuilder(name(algorithm));
        Optional<Provider> provider = engine.provider().filter(ignored -> algorithm != KeyAlgorithm.ED25519);
        provider.ifPresent(builder::setProvider);
        return builder.build(pair.getPrivate());
    }

    private static String name(KeyAlgorithm algorithm) {
        return switch (algorithm) {
            case P256 -> "SHA256withECDSA";
            case P384 -> "SHA384withECDSA";
            case RSA -> "SHA256withRSA";
            case ED25519 -> "Ed25519";
        };
    }
}
