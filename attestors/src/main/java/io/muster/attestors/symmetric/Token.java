package io.muster.attestors.symmetric;

import io.muster.core.device.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/// A shared access signature, read: the fields `sr`, `sig`, `se` and `skn` joined by `&`, in any order. The SDKs
/// disagree on the order, on whether `sr` is URL-encoded and on what stands in `skn`; all of that is taken.
///
/// @param signedText what the signature covers: `sr` exactly as sent, a line feed, `se` exactly as sent
/// @param resource   `sr`, URL-decoded once
/// @param signature  HMAC-SHA256
/// @param expires    from when on the token counts no more
record Token(String signedText, String resource, Bytes signature, Instant expires) {

    private static final int MAX_CHARACTERS = 2_048;
    private static final int MAX_DIGITS = 12;
    private static final int SIGNATURE_BYTES = 32;
    private static final Set<String> FIELDS = Set.of("sr", "sig", "se", "skn");

    /// What came of reading a token.
    sealed interface Reading {

        record Read(Token token) implements Reading {}

        /// @param what what is wrong, in words, without anything out of the token
        record Malformed(String what) implements Reading {}
    }

    /// Never throws for what is in the text.
    static Reading read(String text) {
        try {
            return new Reading.Read(parse(text));
        } catch (BadToken e) {
            return new Reading.Malformed(e.what);
        }
    }

    private static Token parse(String text) throws BadToken {
        if (text.length() > MAX_CHARACTERS) {
            throw new BadToken("it is longer than " + MAX_CHARACTERS + " characters");
        }
        if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new BadToken("it holds a character that must be URL-encoded");
        }
        Map<String, String> fields = fields(text);
        String resource = required(fields, "sr");
        String expires = required(fields, "se");
        return new Token(
                resource + "\n" + expires,
                decoded(resource),
                signature(decoded(required(fields, "sig"))),
                Instant.ofEpochSecond(seconds(expires)));
    }

    private static Map<String, String> fields(String text) throws BadToken {
        Map<String, String> fields = new HashMap<>();
        for (String field : text.split("&", FIELDS.size() + 2)) {
            int equals = field.indexOf('=');
            String name = equals < 0 ? field : field.substring(0, equals);
            if (equals < 0 || !FIELDS.contains(name)) {
                throw new BadToken("a field is none of sr, sig, se and skn");
            }
            if (fields.put(name, field.substring(equals + 1)) != null) {
                throw new BadToken("the field " + name + " stands in it twice");
            }
        }
        return fields;
    }

    private static String required(Map<String, String> fields, String name) throws BadToken {
        String value = fields.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new BadToken("the field " + name + " is missing");
        }
        return value;
    }

    private static long seconds(String text) throws BadToken {
        if (text.length() > MAX_DIGITS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new BadToken("se is not a number of seconds");
        }
        return Long.parseLong(text);
    }

    private static Bytes signature(String base64) throws BadToken {
        try {
            byte[] signature = Base64.getDecoder().decode(base64);
            if (signature.length == SIGNATURE_BYTES) {
                return Bytes.of(signature);
            }
        } catch (IllegalArgumentException _) {
            // Worded below, as any other wrong signature text.
        }
        throw new BadToken("sig is not the base64 of " + SIGNATURE_BYTES + " bytes");
    }

    /// Decodes `%xx` once. A plus sign stays a plus sign: it stands in base64 that somebody did not encode.
    private static String decoded(String text) throws BadToken {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteBuffer bytes = ByteBuffer.allocate(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes.put(escaped(text, i));
                i += 2;
            } else {
                bytes.put((byte) c);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new BadToken("its URL-encoding is not UTF-8");
        }
    }

    private static byte escaped(String text, int percent) throws BadToken {
        if (percent + 2 >= text.length()
                || !HexFormat.isHexDigit(text.charAt(percent + 1))
                || !HexFormat.isHexDigit(text.charAt(percent + 2))) {
            throw new BadToken("a percent sign is not followed by two hexadecimal digits");
        }
        return (byte) HexFormat.fromHexDigits(text, percent + 1, percent + 3);
    }

    /// Leaves the parser; caught where it began.
    private static final class BadToken extends Exception {

        private static final long serialVersionUID = 1L;

        private final String what;

        BadToken(String what) {
            super(what, null, false, false);
            this.what = what;
        }
    }

    @Override
    public String toString() {
        return "token for " + resource + " until " + expires;
    }
}
