package io.muster.outlets.webhook;

import io.muster.core.device.Secret;
import io.muster.outlets.credential.SecretFile;
import io.muster.outlets.http.Signature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The secrets that a receiver checks signatures by: each signs, so that a receiver with any of them is served while
/// one takes the place of another. They are never printed.
final class SigningSecrets {

    private static final String PREFIX = "whsec_";
    private static final int MOST = 4;

    /// By Standard Webhooks, section "Signature scheme".
    private static final int SHORTEST = 24;

    private static final int LONGEST = 64;
    private final List<Secret> keys;

    private SigningSecrets(List<Secret> keys) {
        this.keys = List.copyOf(keys);
    }

    /// @param file a secret a line, such as `whsec_…`; nobody else may read it
    /// @throws IOException in words, with nothing of the secrets
    static SigningSecrets read(Path file) throws IOException {
        List<Secret> keys = new ArrayList<>();
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

    private static Optional<Secret> key(String text) {
        if (!text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            byte[] octets = Base64.getDecoder().decode(text.substring(PREFIX.length()));
            return octets.length >= SHORTEST && octets.length <= LONGEST
                    ? Optional.of(Secret.of(octets))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// The value of `webhook-signature`: one of each secret.
    String signature(String id, long timestamp, byte[] body) {
        return keys.stream()
                .map(key -> Signature.of(key.reveal(), id, timestamp, body))
                .collect(Collectors.joining(" "));
    }

    @Override
    public String toString() {
        return "SigningSecrets[" + keys.size() + "]";
    }
}
