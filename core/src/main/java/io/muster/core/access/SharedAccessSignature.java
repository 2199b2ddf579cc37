package io.muster.core.access;

import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.device.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What a service of Azure's DPS shows instead of a key: that it signed, with the key of a shared access policy, for
/// whom and until when.
///
/// @param policy   the name of the policy
/// @param tenant   whose policy it is; empty: it does not say
/// @param resource the host that it was made for
/// @param expires  until when it is good
/// @param signed   the text under the signature, as it came
public record SharedAccessSignature(
        String policy, Optional<Name> tenant, String resource, Instant expires, String signed, Bytes signature) {

    private static final String ALGORITHM = "HmacSHA256";

    /// Whether it was made with this key. Compares in constant time.
    public boolean madeWith(Secret key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.reveal(), ALGORITHM));
            return MessageDigest.isEqual(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)), signature.toArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }
}
