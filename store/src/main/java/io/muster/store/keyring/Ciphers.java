package io.muster.store.keyring;

import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.ArrayBlockingQueue;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-256-GCM with a random nonce of 12 bytes before and a tag of 16 behind: byte for byte what Tink writes without
/// a prefix. Tink keeps its ciphers and random generators on threads; where each request has a virtual thread of its
/// own that makes a new pair for each, at five times the cost of the work. These are kept in a pool.
public final class Ciphers {

    /// Length of every key of ours, in bytes.
    public static final int KEY_BYTES = 32;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    /// By how much a ciphertext is longer than its text, in bytes.
    public static final int OVERHEAD_BYTES = NONCE_BYTES + TAG_BYTES;

    private static final int KEPT = 64;

    private final SecureRandom random = new SecureRandom();
    private final ArrayBlockingQueue<Cipher> idle = new ArrayBlockingQueue<>(KEPT);

    /// A new key.
    public byte[] newKey() {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return key;
    }

    /// The cipher of this key.
    public Aead aead(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new KeyringException("A key of " + key.length + " bytes is no AES-256 key.");
        }
        return new Keyed(new SecretKeySpec(key, "AES"));
    }

    private final class Keyed implements Aead {

        private final SecretKeySpec key;

        Keyed(SecretKeySpec key) {
            this.key = key;
        }

        @Override
        public byte[] encrypt(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException {
            byte[] nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            byte[] sealed = new byte[NONCE_BYTES + plaintext.length + TAG_BYTES];
            System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
            Cipher cipher = take();
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG_BYTES, nonce));
            cipher.updateAAD(associatedData);
            cipher.doFinal(plaintext, 0, plaintext.length, sealed, NONCE_BYTES);
            give(cipher);
            return sealed;
        }

        @Override
        public byte[] decrypt(byte[] ciphertext, byte[] associatedData) throws GeneralSecurityException {
            if (ciphertext.length < NONCE_BYTES + TAG_BYTES) {
                throw new GeneralSecurityException("too short for a ciphertext");
            }
            Cipher cipher = take();
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(8 * TAG_BYTES, ciphertext, 0, NONCE_BYTES));
            cipher.updateAAD(associatedData);
            byte[] plain = cipher.doFinal(ciphertext, NONCE_BYTES, ciphertext.length - NONCE_BYTES);
            give(cipher);
            return plain;
        }
    }

    private Cipher take() throws GeneralSecurityException {
        Cipher kept = idle.poll();
        return kept == null ? Cipher.getInstance("AES/GCM/NoPadding") : kept;
    }

    /// A cipher that failed does not come back.
    private void give(Cipher cipher) {
        boolean kept = idle.offer(cipher);
        assert kept || idle.remainingCapacity() == 0;
    }
}
