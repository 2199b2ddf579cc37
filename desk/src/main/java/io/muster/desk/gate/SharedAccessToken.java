package io.muster.desk.gate;

import io.muster.core.access.ProvedBy;
import io.muster.core.access.SharedAccessSignature;
import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads the token of an Azure service client: `SharedAccessSignature sr=…&sig=…&se=…&skn=…`, each part once, in
/// any order. A policy is named `policy@tenant`, or `policy` where there is one tenant alone.
final class SharedAccessToken {

    private static final String SCHEME = "SharedAccessSignature ";
    private static final int LONGEST = 1_000;
    private static final Set<String> PARTS = Set.of("sr", "sig", "se", "skn");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");
    private static final int SIGNATURE_BYTES = 32;

    private SharedAccessToken() {}

    /// Empty where the header is none.
    static Optional<SharedAccessSignature> read(String header) {
        if (header.length() > LONGEST || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        Map<String, String> parts = new HashMap<>();
        for (String part : header.substring(SCHEME.length()).strip().split("&", -1)) {
            int equal = part.indexOf('=');
            if (equal < 0 || parts.put(part.substring(0, equal), part.substring(equal + 1)) != null) {
                return Optional.empty();
            }
        }
        return parts.keySet().equals(PARTS) ? signature(parts) : Optional.empty();
    }

    private static Optional<SharedAccessSignature> signature(Map<String, String> parts) {
        String resource = parts.getOrDefault("sr", "");
        String expires = parts.getOrDefault("se", "");
        String[] named = parts.getOrDefault("skn", "").split("@", -1);
        Optional<Name> tenant = named.length == 2 ? Name.parse(named[1]) : Optional.empty();
        boolean good = SECONDS.matcher(expires).matches()
                && ProvedBy.SharedAccess.isName(named[0])
                && (named.length == 1 || tenant.isPresent());
        return !good
                ? Optional.empty()
                : signed(parts.getOrDefault("sig", "")).flatMap(bytes -> decoded(resource)
                        .map(host -> new SharedAccessSignature(
                                named[0],
                                tenant,
                                host,
                                Instant.ofEpochSecond(Long.parseLong(expires)),
                                resource + "\n" + expires,
                                bytes)));
    }

    private static Optional<Bytes> signed(String text) {
        return decoded(text).flatMap(base64 -> {
            try {
                byte[] bytes = Base64.getDecoder().decode(base64);
                return bytes.length == SIGNATURE_BYTES ? Optional.of(Bytes.of(bytes)) : Optional.<Bytes>empty();
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        });
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
