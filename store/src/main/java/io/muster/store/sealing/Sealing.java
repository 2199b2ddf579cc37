package io.muster.store.sealing;

import com.google.crypto.tink.Aead;
import io.muster.store.keyring.Keyring;
import io.muster.store.keyring.RawKeys;
import io.muster.store.keyring.TenantKeys;
import io.muster.store.sealing.Address.Table;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

/// Hands out seals: a tenant's own and each device's.
public final class Sealing {

    private final Keyring keyring;
    private final SecureRandom random = new SecureRandom();
    private final OpenKeys open = new OpenKeys();

    public Sealing(Keyring keyring) {
        this.keyring = keyring;
    }

    /// For what belongs to the tenant and to no device.
    public Seal ofTenant(int tenant) {
        return new Seal(keyring.tenant(tenant).own());
    }

    /// A new internal id in this slot: the slot, then chance.
    public Octets newId(short slot) {
        byte[] id = new byte[16];
        random.nextBytes(id);
        id[0] = (byte) (slot >> 8);
        id[1] = (byte) slot;
        return Octets.of(id);
    }

    /// A new key for a new device.
    public DeviceKey newDeviceKey(int tenant, Octets deviceId) {
        TenantKeys keys = keyring.tenant(tenant);
        int bucket = keys.bucketFor(deviceId.raw()[15]);
        byte[] key = RawKeys.random(random);
        try {
            byte[] wrapped = bucket(keys, bucket)
                    .encrypt(key, Address.of(Table.DEVICE_KEY, tenant, deviceId).bytes());
            return new DeviceKey(bucket, Octets.of(wrapped), new Seal(RawKeys.aead(key)));
        } catch (GeneralSecurityException e) {
            throw new BrokenSealException("A new device key cannot be wrapped.", e);
        }
    }

    /// The key of a known device.
    ///
    /// @throws BrokenSealException when its bucket key was destroyed or the keyring is another
    public DeviceKey deviceKey(int tenant, Octets deviceId, int bucket, Octets wrapped) {
        return open.get(wrapped, () -> unwrap(tenant, deviceId, bucket, wrapped));
    }

    private DeviceKey unwrap(int tenant, Octets deviceId, int bucket, Octets wrapped) {
        try {
            Address address = Address.of(Table.DEVICE_KEY, tenant, deviceId);
            byte[] key = bucket(keyring.tenant(tenant), bucket).decrypt(wrapped.raw(), address.bytes());
            return new DeviceKey(bucket, wrapped, new Seal(RawKeys.aead(key)));
        } catch (GeneralSecurityException e) {
            throw new BrokenSealException("A device key does not open under bucket key " + bucket + ".", e);
        }
    }

    private static Aead bucket(TenantKeys keys, int number) {
        Aead bucket = keys.bucket(number);
        if (bucket == null) {
            throw new BrokenSealException("Bucket key " + number + " is not in the keyring: its devices were erased.");
        }
        return bucket;
    }
}
