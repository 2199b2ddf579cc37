package io.muster.attestors.tpm.testkit;

import io.muster.attestors.tpm.credential.Credential;
import io.muster.attestors.tpm.structure.Marshal;
import io.muster.core.device.Bytes;
import io.muster.core.device.Secret;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/// Opens credentials as a TPM does, for tests where no TPM emulator is installed. The mathematics are written down a
/// second time here, on purpose: code that is shared with what it tests would share its mistakes. SHA-256 and AES-128
/// only.
public final class SoftTpm {

    private final SoftKey endorsementKey;

    public SoftTpm(SoftKey endorsementKey) {
        this.endorsementKey = endorsementKey;
    }

    /// TPM2_ActivateCredential: the secret, or nothing when the credential is for another TPM or another key.
    public Optional<Bytes> activate(Bytes name, Credential credential) {
        try {
            ByteBuffer idObject = content(ByteBuffer.wrap(credential.idObject().toArray()));
            ByteBuffer secret =
                    content(ByteBuffer.wrap(credential.encryptedSecret().toArray()));
            byte[] seed = endorsementKey.keys().getPublic() instanceof ECPublicKey
                    ? agreed(secret)
                    : decrypted(endorsementKey, "IDENTITY", secret);
            Optional<byte[]> identity = unprotected(seed, name.toArray(), idObject);
            return identity.map(it -> Bytes.of(octets(content(ByteBuffer.wrap(it)))));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /// TPM2_ActivateCredential and TPM2_Import with a blob as the Azure SDKs take it apart: the imported HMAC key, or
    /// nothing when the blob is for another TPM.
    ///
    /// @param storageKey an RSA key
    /// @param name       of the storage key
    public Optional<Secret> imported(SoftKey storageKey, Bytes name, Bytes blob) {
        ByteBuffer parts = ByteBuffer.wrap(blob.toArray());
        Credential credential = new Credential(sized(content(parts)), sized(content(parts)));
        ByteBuffer duplicate = content(parts);
        ByteBuffer seed = content(parts);
        byte[] publicArea = octets(content(parts));
        try {
            Optional<Bytes> wrappingKey = activate(name, credential);
            if (wrappingKey.isEmpty()) {
                return Optional.empty();
            }
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(publicArea);
            byte[] keyName = new Marshal().u16(0x000b).raw(digest).octets();
            byte[] inner = unprotected(decrypted(storageKey, "DUPLICATE", seed), keyName, duplicate)
                    .orElseThrow();
            ByteBuffer opened = ByteBuffer.wrap(decrypted(wrappingKey.get().toArray(), inner));
            content(opened);
            ByteBuffer sensitive = content(opened);
            sensitive.getShort();
            content(sensitive);
            content(sensitive);
            return Optional.of(Secret.of(octets(content(sensitive))));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static Bytes sized(ByteBuffer content) {
        return Bytes.of(new Marshal().sized(octets(content)).octets());
    }

    /// Takes off what a seed protects; nothing when it was altered or is for another name.
    private static Optional<byte[]> unprotected(byte[] seed, byte[] name, ByteBuffer content)
            throws GeneralSecurityException {
        byte[] mac = octets(content(content));
        byte[] encrypted = octets(content);
        byte[] expected = hmac(kdfa(seed, "INTEGRITY", new byte[0], 256), encrypted, name);
        if (!Arrays.equals(mac, expected)) {
            return Optional.empty();
        }
        return Optional.of(decrypted(Arrays.copyOf(kdfa(seed, "STORAGE", name, 128), 16), encrypted));
    }

    private static byte[] decrypted(byte[] key, byte[] encrypted) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CFB/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
        return cipher.doFinal(encrypted);
    }

    private static byte[] decrypted(SoftKey key, String purpose, ByteBuffer secret) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        PSource.PSpecified label = new PSource.PSpecified((purpose + "\0").getBytes(StandardCharsets.US_ASCII));
        cipher.init(
                Cipher.DECRYPT_MODE,
                key.keys().getPrivate(),
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, label));
        return cipher.doFinal(octets(secret));
    }

    private byte[] agreed(ByteBuffer secret) throws GeneralSecurityException {
        ECPublicKey own = (ECPublicKey) endorsementKey.keys().getPublic();
        byte[] x = octets(content(secret));
        byte[] y = octets(content(secret));
        ECPoint point = new ECPoint(new BigInteger(1, x), new BigInteger(1, y));
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(endorsementKey.keys().getPrivate());
        agreement.doPhase(
                KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, own.getParams())), true);
        byte[] input = new Marshal()
                .u32(1)
                .raw(agreement.generateSecret())
                .raw("IDENTITY\0".getBytes(StandardCharsets.US_ASCII))
                .raw(x)
                .raw(SoftKey.unsigned(own.getW().getAffineX(), 32))
                .octets();
        return MessageDigest.getInstance("SHA-256").digest(input);
    }

    private static byte[] kdfa(byte[] key, String label, byte[] context, int bits) throws GeneralSecurityException {
        byte[] labeled = (label + "\0").getBytes(StandardCharsets.US_ASCII);
        return hmac(
                key,
                new Marshal().u32(1).raw(labeled).raw(context).octets(),
                new Marshal().u32(bits).octets());
    }

    private static byte[] hmac(byte[] key, byte[]... parts) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    private static ByteBuffer content(ByteBuffer buffer) {
        int size = Short.toUnsignedInt(buffer.getShort());
        ByteBuffer content = buffer.slice(buffer.position(), size);
        buffer.position(buffer.position() + size);
        return content;
    }

    private static byte[] octets(ByteBuffer buffer) {
        byte[] octets = new byte[buffer.remaining()];
        buffer.get(octets);
        return octets;
    }
}
