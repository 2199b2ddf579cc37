package io.muster.store.keyring;

import com.google.crypto.tink.Aead;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/// The keys of one tenant.
public final class TenantKeys {

    private final SecretKey root;
    private final Aead own;
    private final Map<Integer, Aead> buckets;
    private final List<Integer> current;

    /// @param root the bytes of the tenant's own key
    TenantKeys(SecretKey root, Aead own, Map<Integer, Aead> buckets, List<Integer> current) {
        this.root = root;
        this.own = own;
        this.buckets = Map.copyOf(buckets);
        this.current = List.copyOf(current);
    }

    /// Seals what belongs to the tenant and to no device: enrollments with their group secrets, refused attempts.
    public Aead own() {
        return own;
    }

    /// A key of the tenant's for one purpose alone, the same wherever this keyring is (RFC 5869).
    public SecretKey derived(String purpose) {
        try {
            byte[] info = purpose.getBytes(StandardCharsets.UTF_8);
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "HmacSHA256",
                            HKDFParameterSpec.ofExtract().addIKM(root).thenExpand(info, Ciphers.KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new KeyringException("HKDF-SHA256 is missing in this Java.", e);
        }
    }

    /// The bucket whose key wraps a new device's key; the choice is by a random number, so that buckets stay even.
    public int bucketFor(int random) {
        return current.get(Math.floorMod(random, current.size()));
    }

    /// The bucket's key; null when it was destroyed: the devices in it are erased.
    public @Nullable Aead bucket(int number) {
        return buckets.get(number);
    }
}
