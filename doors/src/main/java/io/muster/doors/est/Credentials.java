package io.muster.doors.est;

import io.muster.core.device.Bytes;
import io.muster.doors.listener.Base64Text;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What a caller says in `Authorization`.
sealed interface Credentials {

    record None() implements Credentials {}

    /// HTTP Basic (RFC 7617).
    ///
    /// @param user     the registration id; empty when the caller leaves it to its certificate or request
    /// @param password the one-time token
    record Basic(String user, String password) implements Credentials {
        @Override
        public String toString() {
            return "Basic";
        }
    }

    /// @param what what is wrong, in words, with nothing of the input in it
    record Malformed(String what) implements Credentials {}

    String SCHEME = "Basic";

    static Credentials of(Optional<String> authorization) {
        return authorization.map(Credentials::read).orElseGet(None::new);
    }

    /// The scheme word is compared without case (RFC 9110 section 11.1).
    private static Credentials read(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME + " ", 0, SCHEME.length() + 1)) {
            return new Malformed("the scheme of Authorization is not " + SCHEME);
        }
        String encoded = authorization.substring(SCHEME.length() + 1).strip();
        return switch (Base64Text.read(Bytes.of(encoded.getBytes(StandardCharsets.UTF_8)))) {
            case Base64Text.Reading.Malformed(String what) -> new Malformed("what follows " + SCHEME + " " + what);
            case Base64Text.Reading.Read(Bytes octets) -> split(octets);
        };
    }

    /// In UTF-8, as the challenge says; a user has no colon, a password may have some.
    private static Credentials split(Bytes octets) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.toArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return new Malformed("user and password are not UTF-8");
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new Malformed("there is no colon between user and password");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            return new Malformed("user or password has a control character");
        }
        return colon == text.length() - 1
                ? new Malformed("the password is empty; it is the one-time token")
                : new Basic(text.substring(0, colon), text.substring(colon + 1));
    }
}
