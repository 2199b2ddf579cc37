package io.muster.fleet.device;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The symmetric key of an enrollment group, from which a maker derives each device's own.
public final class GroupKey {

    private final byte[] key;

    private GroupKey(byte[] key) {
        this.key = key;
    }

    /// A group key in the base64 form in which an operator gets it.
    public static GroupKey fromBase64(String base64) {
        return new GroupKey(Base64.getDecoder().decode(base64));
    }

    /// A device of this group: its key is HMAC-SHA256 of its registration id under the group's key.
    public SymmetricDevice make(String registrationId) {
        byte[] deviceKey = Hmac.sha256(key, registrationId.getBytes(StandardCharsets.UTF_8));
        return new SymmetricDevice(registrationId, deviceKey);
    }

    @Override
    public String toString() {
        return "GroupKey[not shown]";
    }
}
