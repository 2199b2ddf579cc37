package io.muster.attestors.tpm.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/// Writes bytes as a TPM marshals them.
public final class Marshal {

    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

    public Marshal u8(int number) {
        octets.write(number);
        return this;
    }

    public Marshal u16(int number) {
        return raw(ByteBuffer.allocate(2).putShort((short) number).array());
    }

    public Marshal u32(long number) {
        return raw(ByteBuffer.allocate(4).putInt((int) number).array());
    }

    public Marshal u64(long number) {
        return raw(ByteBuffer.allocate(8).putLong(number).array());
    }

    public Marshal raw(byte[] bytes) {
        octets.writeBytes(bytes);
        return this;
    }

    public Marshal sized(byte[] bytes) {
        return u16(bytes.length).raw(bytes);
    }

    public byte[] octets() {
        return octets.toByteArray();
    }
}
