package io.muster.store.sealing;

import com.google.crypto.tink.Aead;
import io.muster.store.keyring.Keyring;
import io.muster.store.keyring.TenantKeys;
import io.muster.store.sealing.Address.Table;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;

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

    /// Random bytes.
    public byte[] chance(int size) {
        byte[] chance = new byte[size];
        random.nextBytes(chance);
        return chance;
    }

    /// A new random id in a slot: the slot, six bytes of time, then chance.
    public Octets newId(short slot, long millis) {
        return Octets.of(ByteBuffer.allocate(16)
                .putShort(slot)
                .putShort((short) (millis >> 32))
                .putInt((int) millis)
                .put(chance(8))
                .array());
    }

    /// A new key for a new device.
    ///
    /// @param nameId the permanent id of its name: chooses the bucket
    public DeviceKey newDeviceKey(int tenant, Octets nameId, Octets deviceId) {
        TenantKeys keys = keyring.tenant(tenant);
        int bucket = bucketOf(tenant, nameId);
        byte[] key = keyring.ciphers().newKey();
        try {
            byte[] wrapped = bucket(keys, bucket)
                    .encrypt(key, Address.of(Table.DEVICE_KEY, tenant, deviceId).bytes());
            return new DeviceKey(
                    bucket, Octets.of(wrapped), new Seal(keyring.ciphers().aead(key)));
        } catch (GeneralSecurityException e) {
            throw new BrokenSealException("A new device key cannot be wrapped.", e);
        }
    }

    /// The seal of a bucket itself, for what belongs to a name that may have no device: erasing the bucket's devices
    /// takes it along.
    public Seal ofBucket(int tenant, int bucket) {
        return new Seal(bucket(keyring.tenant(tenant), bucket));
    }

    /// The bucket in which an id falls.
    public int bucketOf(int tenant, Octets id) {
        return keyring.tenant(tenant).bucketFor(id.raw()[id.length() - 1]);
    }

    /// The key of a device that was read a moment ago; empty when it is not at hand any more.
    public Optional<DeviceKey> atHand(Octets deviceId) {
        return open.find(deviceId);
    }

    /// The key of a known device.
    ///
    /// @throws BrokenSealException when its bucket key was destroyed or the keyring is another
    public DeviceKey deviceKey(int tenant, Octets deviceId, int bucket, Octets wrapped) {
        Optional<DeviceKey> known =
                open.find(deviceId).filter(key -> key.wrapped().equals(wrapped));
        if (known.isPresent()) {
            return known.get();
        }
        DeviceKey fresh = unwrap(tenant, deviceId, bucket, wrapped);
        open.keep(deviceId, fresh);
        return fresh;
    }

    private DeviceKey unwrap(int tenant, Octets deviceId, int bucket, Octets wrapped) {
        try {
            Address address = Address.of(Table.DEVICE_KEY, tenant, deviceId);
            byte[] key = bucket(keyring.tenant(tenant), bucket).decrypt(wrapped.raw(), address.bytes());
            return new DeviceKey(bucket, wrapped, new Seal(keyring.ciphers().aead(key)));
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
