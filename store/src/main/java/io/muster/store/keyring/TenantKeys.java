package io.muster.store.keyring;

import com.google.crypto.tink.Aead;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The keys of one tenant.
public final class TenantKeys {

    private final Aead own;
    private final Map<Integer, Aead> buckets;
    private final List<Integer> current;

    TenantKeys(Aead own, Map<Integer, Aead> buckets, List<Integer> current) {
        this.own = own;
        this.buckets = Map.copyOf(buckets);
        this.current = List.copyOf(current);
    }

    /// Seals what belongs to the tenant and to no device: enrollments with their group secrets, refused attempts.
    public Aead own() {
        return own;
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
