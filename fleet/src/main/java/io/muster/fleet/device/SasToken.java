package io.muster.fleet.device;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/// The shared access signature by which a device with a symmetric key proves itself.
///
/// Signed is `<sr as sent> LF <se>` with HMAC-SHA256; the signature is base64, then URL-encoded. Both SDKs send `sr`
/// without URL-encoding.
public final class SasToken {

    /// Whose habits a token follows: field order and the key name differ from SDK to SDK.
    public enum Dialect {
        /// sr, sig, se and an empty skn.
        JAVA,
        /// sr, sig, skn=registration, se.
        NODE
    }

    private SasToken() {}

    /// The value of the authorization header.
    public static String write(Dialect dialect, String idScope, String registrationId, byte[] key, Instant expires) {
        String resource = idScope + "/registrations/" + registrationId;
        String expiry = Long.toString(expires.getEpochSecond());
        String signature = sign(key, resource + "\n" + expiry);
        return "SharedAccessSignature "
                + switch (dialect) {
                    case JAVA -> "sr=" + resource + "&sig=" + signature + "&se=" + expiry + "&skn=";
                    case NODE -> "sr=" + resource + "&sig=" + signature + "&skn=registration&se=" + expiry;
                };
    }

    /// The password of a device at a hub, as Azure's device SDKs write it.
    public static String atHub(String host, String deviceId, byte[] key, Instant expires) {
        String resource = URLEncoder.encode(host + "/devices/" + deviceId, StandardCharsets.UTF_8);
        String expiry = Long.toString(expires.getEpochSecond());
        return "SharedAccessSignature sr=" + resource + "&sig=" + sign(key, resource + "\n" + expiry) + "&se=" + expiry;
    }

    private static String sign(byte[] key, String text) {
        byte[] mac = Hmac.sha256(key, text.getBytes(StandardCharsets.UTF_8));
        return URLEncoder.encode(Base64.getEncoder().encodeToString(mac), StandardCharsets.UTF_8);
    }
}
