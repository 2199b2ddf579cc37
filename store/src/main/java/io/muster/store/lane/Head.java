package io.muster.store.lane;

import io.muster.store.sealing.Octets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The newest entry of a lane: its number, and a hash over it and all before it.
public record Head(long seq, Octets hash) {

    /// Before the first entry.
    public static Head genesis(int lane) {
        return new Head(0, Octets.of(sha256().digest(("muster lane " + lane).getBytes(StandardCharsets.UTF_8))));
    }

    /// The head after one more entry.
    public Head next(int prevLane, long prevSeq, Octets leafHash) {
        MessageDigest sha = sha256();
        sha.update(hash.raw());
        sha.update(ByteBuffer.allocate(20)
                .putLong(seq + 1)
                .putInt(prevLane)
                .putLong(prevSeq)
                .array());
        return new Head(seq + 1, Octets.of(sha.digest(leafHash.raw())));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
