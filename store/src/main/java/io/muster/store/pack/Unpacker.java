package io.muster.store.pack;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads what a [Packer] wrote. The bytes come from under a seal: they are ours, or nothing opens at all.
public final class Unpacker {

    private final ByteBuffer in;
    private final int form;

    /// @throws IllegalStateException when the form is not the one that this version reads
    public Unpacker(int form, byte[] bytes) {
        this(form, form, bytes);
    }

    /// @param oldest the oldest form that is still read
    /// @throws IllegalStateException when this version does not read the form
    public Unpacker(int oldest, int newest, byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
        form = in.get();
        if (form < oldest || form > newest) {
            throw new IllegalStateException(
                    "A row was written in form " + form + "; this version of Muster reads form " + newest + ".");
        }
    }

    /// The form that was found.
    public int form() {
        return form;
    }

    public long number() {
        long rest = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = in.get();
            rest |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return (rest >>> 1) ^ -(rest & 1);
            }
        }
        throw new BufferUnderflowException();
    }

    public int integer() {
        return Math.toIntExact(number());
    }

    public String text() {
        return new String(octets(), StandardCharsets.UTF_8);
    }

    public byte[] octets() {
        int length = integer();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] value = new byte[length];
        in.get(value);
        return value;
    }

    public String hex() {
        return HexFormat.of().formatHex(octets());
    }

    public Optional<String> maybe() {
        return number() == 1 ? Optional.of(text()) : Optional.empty();
    }

    public <T> List<T> list(Function<Unpacker, T> each) {
        int size = integer();
        List<T> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            values.add(each.apply(this));
        }
        return values;
    }
}
