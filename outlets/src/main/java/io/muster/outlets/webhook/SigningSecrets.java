package io.muster.outlets.webhook;

import io.muster.outlets.credential.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The secrets that a receiver checks signatures by: each signs, so that a receiver with any of them is served while
/// one takes the place of another. They are never printed.
final class SigningSecrets {

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MOST = 4;

    /// By Standard Webhooks, section "Signature scheme".
    private static final int SHORTEST = 24;

    private static final int LONGEST = 64;
    private final List<SecretKeySpec> keys;

    private SigningSecrets(List<SecretKeySpec> keys) {
        this.keys = List.copyOf(keys);
    }

    /// @param file a secret a line, such as `whsec_…`; nobody else may read it
    /// @throws IOException in words, with nothing of the secrets
    static SigningSecrets read(Path file) throws IOException {
        List<SecretKeySpec> keys = new ArrayList<>();
        for (String line : SecretFile.lines(file)) {
            keys.add(key(line)
                    .orElseThrow(() -> new IOException("a line of it is no secret: " + PREFIX + " and then " + SHORTEST
                            + " to " + LONGEST + " bytes in base64")));
        }
        if (keys.isEmpty() || keys.size() > MOST) {
            throw new IOException("it holds " + keys.size() + " secrets; there are 1 to " + MOST);
        }
        return new SigningSecrets(keys);
    }

    private static Optional<SecretKeySpec> key(String text) {
        if (!text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            byte[] octets = Base64.getDecoder().decode(text.substring(PREFIX.length()));
            return octets.length >= SHORTEST && octets.length <= LONGEST
                    ? Optional.of(new SecretKeySpec(octets, ALGORITHM))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// The value of `webhook-signature`: one of each secret.
    String signature(String id, long timestamp, byte[] body) {
        return keys.stream().map(key -> "v1," + mac(key, id, timestamp, body)).collect(Collectors.joining(" "));
    }

    private static String mac(SecretKeySpec key, String id, long timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }

    @Override
    public String toString() {
        return "SigningSecrets[" + keys.size() + "]";
    }
}
