package io.muster.x509.engine;

import io.muster.core.device.KeyAlgorithm;
import io.muster.core.device.Secret;
import io.muster.x509.codec.Certificate;
import io.muster.x509.codec.KeyKind;
import io.muster.x509.codec.SignatureScheme;
import io.muster.x509.codec.SubjectKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.conscrypt.Conscrypt;
import org.jspecify.annotations.Nullable;

/// Checks and makes signatures with one JCA provider, chosen once at the start.
public final class SignatureEngine {

    /// Who may do the work, the fastest first.
    public enum Maker {
        CONSCRYPT,
        BOUNCY_CASTLE,
        JDK
    }

    private final Maker maker;
    private final @Nullable Provider provider;
    private final String statement;

    private SignatureEngine(Maker maker, @Nullable Provider provider, String statement) {
        this.maker = maker;
        this.provider = provider;
        this.statement = statement;
    }

    /// The fastest provider that works on this machine, proved by a signature.
    public static SignatureEngine choose() {
        return FirstThatWorks.choose(SignatureEngine::of);
    }

    /// This very provider, whether it is the best one or not; fails when it does not load here. The JDK spreads its
    /// algorithms over several providers, so there it is left to the JDK which one.
    public static SignatureEngine of(Maker maker) {
        return switch (maker) {
            case CONSCRYPT -> new SignatureEngine(maker, Conscrypt.newProvider(), "Conscrypt (native code)");
            case BOUNCY_CASTLE -> new SignatureEngine(maker, new BouncyCastleProvider(), "Bouncy Castle");
            case JDK -> new SignatureEngine(maker, null, "the JDK");
        };
    }

    SignatureEngine because(String reason) {
        return new SignatureEngine(maker, provider, statement + ", because " + reason);
    }

    public Maker maker() {
        return maker;
    }

    /// The provider that does the work, for computations that are not made here; empty where that is left to the JDK.
    public Optional<Provider> provider() {
        return Optional.ofNullable(provider);
    }

    /// Who checks signatures here and why, for the start message.
    public String statement() {
        return "certificate signatures are checked by " + statement;
    }

    /// Whether the holder of `issuer` signed this certificate. False for whatever else may be wrong with the
    /// signature, too: it comes from a stranger.
    public boolean isSignedBy(Certificate certificate, SubjectKey issuer) {
        return isSealedBy(certificate.seal(), issuer);
    }

    /// The same of anything that is signed.
    public boolean isSealedBy(Certificate.Seal seal, SubjectKey signer) {
        if (!seal.scheme().fits(signer.kind())) {
            return false;
        }
        try {
            Signature signature = verifier(seal.scheme());
            signature.initVerify(key(signer));
            signature.update(seal.covered().toArray());
            return signature.verify(seal.signature().toArray());
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    /// Opens a P-256 key, to sign with ECDSA and SHA-256.
    ///
    /// @param privateKey PKCS#8
    public Signer signer(Secret privateKey) {
        byte[] encoded = privateKey.reveal();
        try {
            KeyFactory factory =
                    provider == null ? KeyFactory.getInstance("EC") : KeyFactory.getInstance("EC", provider);
            return new Signer(
                    factory.generatePrivate(new PKCS8EncodedKeySpec(encoded)), () -> signature("SHA256withECDSA"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a signing key that was kept cannot be opened", e);
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    /// A new key pair; RSA of 2048 bits.
    public KeyPair newKey(KeyAlgorithm algorithm) {
        try {
            return switch (algorithm) {
                case P256 ->
                    generator("EC", new ECGenParameterSpec("secp256r1")).generateKeyPair();
                case P384 ->
                    generator("EC", new ECGenParameterSpec("secp384r1")).generateKeyPair();
                case RSA ->
                    generator("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4))
                            .generateKeyPair();
                case ED25519 -> KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(maker + " cannot make a key of kind " + algorithm, e);
        }
    }

    private KeyPairGenerator generator(String algorithm, AlgorithmParameterSpec spec) throws GeneralSecurityException {
        KeyPairGenerator generator = provider == null
                ? KeyPairGenerator.getInstance(algorithm)
                : KeyPairGenerator.getInstance(algorithm, provider);
        generator.initialize(spec);
        return generator;
    }

    private PublicKey key(SubjectKey key) throws GeneralSecurityException {
        X509EncodedKeySpec spec = new X509EncodedKeySpec(key.spki().toArray());
        String algorithm = keyAlgorithm(key.kind());
        KeyFactory factory =
                provider == null ? KeyFactory.getInstance(algorithm) : KeyFactory.getInstance(algorithm, provider);
        return factory.generatePublic(spec);
    }

    private Signature verifier(SignatureScheme scheme) throws GeneralSecurityException {
        Signature signature = signature(algorithm(scheme));
        switch (scheme) {
            case RSA_PSS_SHA256 -> signature.setParameter(pss("SHA-256", MGF1ParameterSpec.SHA256, 32));
            case RSA_PSS_SHA384 -> signature.setParameter(pss("SHA-384", MGF1ParameterSpec.SHA384, 48));
            case RSA_PSS_SHA512 -> signature.setParameter(pss("SHA-512", MGF1ParameterSpec.SHA512, 64));
            case ECDSA_SHA256,
                    ECDSA_SHA384,
                    ECDSA_SHA512,
                    RSA_SHA256,
                    RSA_SHA384,
                    RSA_SHA512,
                    ED25519,
                    FORGEABLE,
                    UNKNOWN -> {
                // These have no parameters.
            }
        }
        return signature;
    }

    private Signature signature(String algorithm) throws GeneralSecurityException {
        return provider == null ? Signature.getInstance(algorithm) : Signature.getInstance(algorithm, provider);
    }

    /// Signs and verifies once: native code that loads may still not run.
    void prove() throws GeneralSecurityException {
        KeyPair pair = newKey(KeyAlgorithm.P256);
        byte[] message = {1, 2, 3};
        Signature signer = signature(algorithm(SignatureScheme.ECDSA_SHA256));
        signer.initSign(pair.getPrivate());
        signer.update(message);
        byte[] signed = signer.sign();
        Signature verifier = signature(algorithm(SignatureScheme.ECDSA_SHA256));
        verifier.initVerify(pair.getPublic());
        verifier.update(message);
        if (!verifier.verify(signed)) {
            throw new SignatureException("a signature of its own does not verify");
        }
    }

    private static PSSParameterSpec pss(String hash, MGF1ParameterSpec mask, int salt) {
        return new PSSParameterSpec(hash, "MGF1", mask, salt, 1);
    }

    private static String keyAlgorithm(KeyKind kind) {
        return switch (kind) {
            case RSA -> "RSA";
            case P256, P384, P521 -> "EC";
            case ED25519 -> "EdDSA";
        };
    }

    private String algorithm(SignatureScheme scheme) {
        boolean jdk = provider == null;
        return switch (scheme) {
            case ECDSA_SHA256 -> "SHA256withECDSA";
            case ECDSA_SHA384 -> "SHA384withECDSA";
            case ECDSA_SHA512 -> "SHA512withECDSA";
            case RSA_SHA256 -> "SHA256withRSA";
            case RSA_SHA384 -> "SHA384withRSA";
            case RSA_SHA512 -> "SHA512withRSA";
            case RSA_PSS_SHA256 -> jdk ? "RSASSA-PSS" : "SHA256withRSA/PSS";
            case RSA_PSS_SHA384 -> jdk ? "RSASSA-PSS" : "SHA384withRSA/PSS";
            case RSA_PSS_SHA512 -> jdk ? "RSASSA-PSS" : "SHA512withRSA/PSS";
            case ED25519 -> "EdDSA";
            case FORGEABLE, UNKNOWN -> throw new IllegalStateException(scheme + " fits no key");
        };
    }
}
