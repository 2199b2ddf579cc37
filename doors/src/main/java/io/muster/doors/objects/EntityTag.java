package io.muster.doors.objects;

import io.muster.core.device.Bytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// The entity tag of a signed object (RFC 9110 section 8.8.3): SHA-256 over its end. A signed object ends in its
/// signature, and that is over all the rest, so two objects with the same end are the same; a list of 40 MB need not be
/// hashed for everybody who asks.
///
/// @param value with its quotes
record EntityTag(String value) {

    /// Longer than the signature of an RSA key of 4,096 bits.
    private static final int END = 1_024;

    static EntityTag of(Bytes object) {
        ByteBuffer octets = object.view();
        octets.position(Math.max(0, octets.limit() - END));
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(octets);
            return new EntityTag('"' + HexFormat.of().formatHex(sha256.digest()) + '"');
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Whether an `If-None-Match` names it. Its comparison is the weak one (RFC 9110 section 13.1.2).
    boolean isIn(String ifNoneMatch) {
        return Arrays.stream(ifNoneMatch.split(","))
                .map(String::strip)
                .anyMatch(tag -> tag.equals("*") || tag.equals(value) || tag.equals("W/" + value));
    }
}
