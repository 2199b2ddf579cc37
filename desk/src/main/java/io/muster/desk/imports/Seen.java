package io.muster.desk.imports;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// On which line a text stood first: for as many texts as a file may hold, in little memory. What is kept of a text
/// is 64 bits of its SHA-256.
final class Seen {

    private long[] keys = new long[1 << 12];
    private long[] lines = new long[1 << 12];
    private int size;

    /// The line of the same text before; 0 where it was not seen yet, and is from now on.
    long before(String text, long line) {
        if (size * 2 >= keys.length) {
            grow();
        }
        long key = hash(text);
        int at = place(key);
        if (lines[at] != 0) {
            return lines[at];
        }
        keys[at] = key;
        lines[at] = line;
        size++;
        return 0;
    }

    private int place(long key) {
        int at = (int) key & (keys.length - 1);
        while (lines[at] != 0 && keys[at] != key) {
            at = (at + 1) & (keys.length - 1);
        }
        return at;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldLines = lines;
        keys = new long[oldKeys.length * 2];
        lines = new long[oldLines.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldLines[i] != 0) {
                int at = place(oldKeys[i]);
                keys[at] = oldKeys[i];
                lines[at] = oldLines[i];
            }
        }
    }

    private static long hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
