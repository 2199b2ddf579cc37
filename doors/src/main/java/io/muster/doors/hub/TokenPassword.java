package io.muster.doors.hub;

import io.muster.core.device.Secret;
import io.muster.core.door.HubRequest.Shown;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A password that is a shared access signature: `SharedAccessSignature sr=…&sig=…&se=…`.
final class TokenPassword {

    private static final String SCHEME = "SharedAccessSignature ";

    private TokenPassword() {}

    /// Empty when it is a password of another kind.
    static Optional<Shown.Token> parse(Secret password) {
        String text = new String(password.reveal(), StandardCharsets.UTF_8);
        return text.startsWith(SCHEME)
                ? Optional.of(new Shown.Token(text.substring(SCHEME.length())))
                : Optional.empty();
    }
}
