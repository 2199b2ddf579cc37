package io.muster.desk.imports.reading;

import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The name of an enrollment that comes without one.
public final class OwnName {

    private static final int LONGEST_PLAIN = 46;
    private static final int HASH_DIGITS = 16;

    private OwnName() {}

    /// The id itself where it can be a name; else a name that is made of it, with a part of its hash, so that two ids
    /// never lead to one name. The same id always leads to the same name.
    public static Name of(RegistrationId id) {
        return Name.parse(id.canonical()).orElseGet(() -> apart(id));
    }

    /// Always with a part of the hash: for an id whose plain name is another enrollment's.
    public static Name apart(RegistrationId id) {
        String plain = id.canonical().replaceAll("[^a-z0-9-]+", "-").replaceAll("^-+", "");
        String hash = HexFormat.of().formatHex(sha256(id.canonical())).substring(0, HASH_DIGITS);
        return new Name(
                plain.isEmpty() ? hash : plain.substring(0, Math.min(LONGEST_PLAIN, plain.length())) + "-" + hash);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
