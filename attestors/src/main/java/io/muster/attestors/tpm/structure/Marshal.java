package io.muster.attestors.tpm.structure;

import io.muster.core.device.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/// Writes bytes as a TPM marshals them: big-endian numbers, and buffers with their size in front.
public final class Marshal {

    private static final int LONGEST_BUFFER = 0xffff;

    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

    public Marshal u16(int number) {
        return raw(ByteBuffer.allocate(2).putShort((short) number).array());
    }

    public Marshal u32(long number) {
        return raw(ByteBuffer.allocate(4).putInt((int) number).array());
    }

    public Marshal raw(byte[] bytes) {
        octets.writeBytes(bytes);
        return this;
    }

    public Marshal raw(Bytes bytes) {
        return raw(bytes.toArray());
    }

    /// A TPM2B.
    public Marshal sized(Bytes bytes) {
        return sized(bytes.toArray());
    }

    /// A TPM2B.
    public Marshal sized(byte[] bytes) {
        if (bytes.length > LONGEST_BUFFER) {
            throw new IllegalArgumentException("a buffer of " + bytes.length + " bytes has no size in 16 bits");
        }
        return u16(bytes.length).raw(bytes);
    }

    public byte[] octets() {
        return octets.toByteArray();
    }
}
