package io.muster.attestors.tpm.testkit;

import io.muster.attestors.tpm.structure.Marshal;
import io.muster.core.attestation.Continuations;
import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.device.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Continuations under a key of this object: another object is another installation.
public final class SealedContinuations implements Continuations {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final byte[] key = random.generateSeed(32);

    @Override
    public Bytes seal(Name tenant, Bytes context, Bytes state) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, tenant, context).doFinal(state.toArray());
            return Bytes.of(new Marshal().raw(nonce).raw(sealed).octets());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Optional<Bytes> open(Name tenant, Bytes context, Bytes continuation) {
        if (continuation.size() < NONCE_BYTES) {
            return Optional.empty();
        }
        byte[] octets = continuation.toArray();
        byte[] nonce = Arrays.copyOf(octets, NONCE_BYTES);
        try {
            return Optional.of(Bytes.of(cipher(Cipher.DECRYPT_MODE, nonce, tenant, context)
                    .doFinal(octets, NONCE_BYTES, octets.length - NONCE_BYTES)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    @Override
    public Secret derive(Name tenant, Bytes context) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Secret.of(mac.doFinal(bound(tenant, context)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, Name tenant, Bytes context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(bound(tenant, context));
        return cipher;
    }

    private static byte[] bound(Name tenant, Bytes context) {
        return new Marshal()
                .sized(tenant.value().getBytes(StandardCharsets.US_ASCII))
                .sized(context)
                .octets();
    }
}
