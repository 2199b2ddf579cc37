package io.muster.store.keyring;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

/// Makes AEADs (AES-256-GCM, random nonce of 12 bytes, tag of 16) of bare key bytes, and the bytes themselves.
public final class RawKeys {

    /// Length of every key of ours, in bytes.
    public static final int BYTES = 32;

    private static final AesGcmParameters PARAMETERS = parameters();

    private RawKeys() {}

    /// A new key.
    public static byte[] random(SecureRandom random) {
        byte[] key = new byte[BYTES];
        random.nextBytes(key);
        return key;
    }

    /// The cipher of this key.
    @AccessesPartialKey
    public static Aead aead(byte[] key) {
        try {
            return AesGcmJce.create(AesGcmKey.builder()
                    .setParameters(PARAMETERS)
                    .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()))
                    .build());
        } catch (GeneralSecurityException e) {
            throw new KeyringException("A key of " + key.length + " bytes is no AES-256 key.", e);
        }
    }

    private static AesGcmParameters parameters() {
        try {
            return AesGcmParameters.builder()
                    .setKeySizeBytes(BYTES)
                    .setIvSizeBytes(12)
                    .setTagSizeBytes(16)
                    .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new KeyringException("AES-256-GCM is missing in this Java.", e);
        }
    }
}
