package io.muster.store.pack;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Writes values one after the other. Numbers take seven bits a byte.
public final class Packer {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

    /// @param form version of the form that is written, first of all
    public Packer(int form) {
        out.write(form);
    }

    public Packer number(long value) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    public Packer text(String value) {
        return octets(value.getBytes(StandardCharsets.UTF_8));
    }

    public Packer octets(byte[] value) {
        number(value.length);
        out.writeBytes(value);
        return this;
    }

    /// Lower-case hexadecimal, in half its length.
    public Packer hex(String value) {
        return octets(HexFormat.of().parseHex(value));
    }

    public Packer maybe(Optional<String> value) {
        number(value.isPresent() ? 1 : 0);
        value.ifPresent(this::text);
        return this;
    }

    public <T> Packer list(List<T> values, BiConsumer<Packer, T> each) {
        number(values.size());
        values.forEach(value -> each.accept(this, value));
        return this;
    }

    public byte[] bytes() {
        return out.toByteArray();
    }
}
