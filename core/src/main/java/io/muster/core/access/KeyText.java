package io.muster.core.access;

import io.muster.core.device.Bytes;
import io.muster.core.device.Secret;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The text of an API key: `mk_`, its number, `_`, and 256 random bits in 52 digits of base 32. It is shown once; what
/// is kept is its verifier. A plain hash is enough for that: there is nothing to guess in 256 random bits.
public final class KeyText {

    /// Random bytes in a key.
    public static final int CHANCE_BYTES = 32;

    private static final int DIGITS = 52;
    private static final Pattern FORM =
            Pattern.compile("mk_([0-9a-v]{" + KeyId.LENGTH + "})_([0-9a-v]{" + DIGITS + "})");

    private final KeyId id;
    private final String text;

    private KeyText(KeyId id, String text) {
        this.id = id;
        this.text = text;
    }

    /// The text of a new key.
    public static KeyText of(KeyId id, byte[] chance) {
        if (chance.length != CHANCE_BYTES) {
            throw new IllegalArgumentException("a key has " + CHANCE_BYTES + " random bytes");
        }
        String digits = new BigInteger(1, chance).toString(32);
        return new KeyText(id, "mk_" + id + "_" + "0".repeat(DIGITS - digits.length()) + digits);
    }

    /// Parses what somebody shows; empty where it cannot be a key.
    public static Optional<KeyText> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(new KeyText(new KeyId(matcher.group(1)), text)) : Optional.empty();
    }

    public KeyId id() {
        return id;
    }

    public Secret secret() {
        return Secret.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    /// What is kept of it: SHA-256.
    public Bytes verifier() {
        try {
            byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
            return Bytes.of(MessageDigest.getInstance("SHA-256").digest(ascii));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "KeyText(" + id + ")";
    }
}
