package io.muster.attestors.tpm.structure;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;

/// Walks over bytes as a TPM marshals them: big-endian numbers, and buffers with their size in front. Never past the
/// end, and never allocating more than there is.
final class Cursor {

    private final String whole;
    private final byte[] octets;
    private int at;

    private Cursor(String whole, byte[] octets) {
        this.whole = whole;
        this.octets = octets;
    }

    /// The one entrance of every reader: whatever the parser finds comes out as data, and nothing may be left over.
    static <T> Reading<T> read(String whole, byte[] octets, int limit, Function<Cursor, T> parser) {
        if (octets.length > limit) {
            return new Reading.Refused<>(new Flaw.TooLarge(whole, octets.length, limit));
        }
        try {
            Cursor cursor = new Cursor(whole, octets);
            T value = parser.apply(cursor);
            cursor.end();
            return new Reading.Read<>(value);
        } catch (Unreadable e) {
            return new Reading.Refused<>(e.flaw());
        }
    }

    int u8(String what) {
        return Byte.toUnsignedInt(take(what, 1)[0]);
    }

    int u16(String what) {
        byte[] two = take(what, 2);
        return Byte.toUnsignedInt(two[0]) << 8 | Byte.toUnsignedInt(two[1]);
    }

    long u32(String what) {
        return (long) u16(what) << 16 | u16(what);
    }

    long i64(String what) {
        return u32(what) << 32 | u32(what);
    }

    byte[] take(String what, int count) {
        if (count > octets.length - at) {
            throw new Unreadable(new Flaw.Truncated(what));
        }
        byte[] taken = Arrays.copyOfRange(octets, at, at + count);
        at += count;
        return taken;
    }

    /// A TPM2B: the size in 16 bits, then as many bytes. The size is judged before the bytes are looked for.
    byte[] sized(String what, int min, int max) {
        int size = u16("the size of " + what);
        if (size < min || size > max) {
            String wanted = min == max ? "%d bytes".formatted(min) : "from %d to %d bytes".formatted(min, max);
            throw new Unreadable(new Flaw.WrongSize(what, size, wanted));
        }
        return take(what, size);
    }

    byte[] rest() {
        return take(whole, octets.length - at);
    }

    /// A 16-bit number as the specification prints it.
    static String hex(int number) {
        return HexFormat.of().toHexDigits((short) number);
    }

    private void end() {
        if (at < octets.length) {
            throw new Unreadable(new Flaw.Trailing(whole, octets.length - at));
        }
    }
}
