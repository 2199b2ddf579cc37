package io.muster.fleet.device;

import java.time.Instant;

/// A device with a symmetric key of its own, derived from its group's key or given to it alone.
public final class SymmetricDevice implements Device {

    private final String registrationId;
    private final byte[] key;

    /// @param registrationId the name under which the device registers
    /// @param key            its key, already base64-decoded
    public SymmetricDevice(String registrationId, byte[] key) {
        this.registrationId = registrationId;
        this.key = key.clone();
    }

    @Override
    public String registrationId() {
        return registrationId;
    }

    /// The token that this device shows until `expires`, as the given SDK writes it.
    public String token(SasToken.Dialect dialect, String idScope, Instant expires) {
        return SasToken.write(dialect, idScope, registrationId, key, expires);
    }

    /// The token that this device shows at the hub that it was assigned to.
    public String hubToken(String host, String deviceId, Instant expires) {
        return SasToken.atHub(host, deviceId, key, expires);
    }

    @Override
    public String toString() {
        return "SymmetricDevice[" + registrationId + "]";
    }
}
