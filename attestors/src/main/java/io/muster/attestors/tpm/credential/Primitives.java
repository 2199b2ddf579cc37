package io.muster.attestors.tpm.credential;

import io.muster.attestors.tpm.structure.Curve;
import io.muster.attestors.tpm.structure.HashAlgorithm;
import io.muster.attestors.tpm.structure.PublicArea;
import io.muster.attestors.tpm.structure.PublicKeyPart;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/// The primitives of Java's cryptography that a TPM's mathematics are made of. Public keys are computed with by the
/// given provider; digests and ciphers by the platform, which does them in hardware.
public final class Primitives {

    private static final int AES_BLOCK = 16;

    private final Optional<Provider> provider;
    private final SecureRandom random = new SecureRandom();

    private Primitives(Optional<Provider> provider) {
        this.provider = provider;
    }

    /// Of the Java platform alone.
    public static Primitives ofPlatform() {
        return new Primitives(Optional.empty());
    }

    /// With this provider's public-key algorithms: native ones are many times faster.
    public static Primitives of(Provider provider) {
        return new Primitives(Optional.of(provider));
    }

    /// So many random bytes.
    public byte[] random(int bytes) {
        byte[] octets = new byte[bytes];
        random.nextBytes(octets);
        return octets;
    }

    public static byte[] hmac(HashAlgorithm hash, byte[] key, byte[]... parts) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(hash.hmacName());
        mac.init(new SecretKeySpec(key, hash.hmacName()));
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    /// AES in CFB mode with an IV of zeros (TPM 2.0 Library, Part 1, section "Symmetric encryption").
    static byte[] encrypt(byte[] key, byte[] plain) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CFB/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[AES_BLOCK]));
        return cipher.doFinal(plain);
    }

    /// RSAES-OAEP (RFC 8017 section 7.1).
    byte[] encrypt(PublicArea key, byte[] label, byte[] plain) throws GeneralSecurityException {
        String digest = key.nameAlgorithm().digestName();
        String algorithm = "RSA/ECB/OAEPWith" + digest + "AndMGF1Padding";
        Cipher cipher =
                provider.isPresent() ? Cipher.getInstance(algorithm, provider.get()) : Cipher.getInstance(algorithm);
        PSource.PSpecified source = new PSource.PSpecified(label);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                publicKey(key),
                new OAEPParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), source));
        return cipher.doFinal(plain);
    }

    KeyPair ephemeral(Curve curve) throws GeneralSecurityException {
        KeyPairGenerator generator = provider.isPresent()
                ? KeyPairGenerator.getInstance("EC", provider.get())
                : KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve.javaName()));
        return generator.generateKeyPair();
    }

    /// The coordinate x of the shared point, as long as the curve's coordinates (SP 800-56A section 5.7.1.2).
    byte[] agree(KeyPair ephemeral, PublicArea other) throws GeneralSecurityException {
        KeyAgreement agreement = provider.isPresent()
                ? KeyAgreement.getInstance("ECDH", provider.get())
                : KeyAgreement.getInstance("ECDH");
        agreement.init(ephemeral.getPrivate());
        agreement.doPhase(publicKey(other), true);
        return agreement.generateSecret();
    }

    /// Whether the key made this signature by RSASSA or ECDSA.
    boolean verifies(PublicArea key, String algorithm, byte[] message, byte[] signature) {
        return verifies(signer(algorithm), key, message, signature);
    }

    /// Whether the key made this signature by RSASSA-PSS with a salt of so many bytes.
    boolean verifies(PublicArea key, HashAlgorithm hash, int salt, byte[] message, byte[] signature) {
        String digest = hash.digestName();
        Signature signer = signer(provider.isPresent() ? digest.replace("-", "") + "withRSA/PSS" : "RSASSA-PSS");
        try {
            signer.setParameter(new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), salt, 1));
        } catch (InvalidAlgorithmParameterException e) {
            return false;
        }
        return verifies(signer, key, message, signature);
    }

    /// False for whatever else may be wrong with the signature, too: it comes from a stranger.
    private boolean verifies(Signature signer, PublicArea key, byte[] message, byte[] signature) {
        try {
            signer.initVerify(publicKey(key));
            signer.update(message);
            return signer.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private Signature signer(String algorithm) {
        try {
            return provider.isPresent()
                    ? Signature.getInstance(algorithm, provider.get())
                    : Signature.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("nobody here checks signatures by " + algorithm, e);
        }
    }

    private PublicKey publicKey(PublicArea area) throws GeneralSecurityException {
        String algorithm =
                switch (area.key()) {
                    case PublicKeyPart.Rsa ignored -> "RSA";
                    case PublicKeyPart.Ecc ignored -> "EC";
                };
        KeyFactory keys = provider.isPresent()
                ? KeyFactory.getInstance(algorithm, provider.get())
                : KeyFactory.getInstance(algorithm);
        return keys.generatePublic(
                new X509EncodedKeySpec(area.subjectPublicKeyInfo().toArray()));
    }
}
