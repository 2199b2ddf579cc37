package io.muster.store.imports;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.IntFunction;

/// The parts of a file, one after the other; one of them is in memory at a time.
final class ImportFile extends InputStream {

    private final IntFunction<Optional<byte[]>> parts;
    private final long size;
    private InputStream present = InputStream.nullInputStream();
    private int next;
    private long read;

    /// @param size of the whole file, in bytes
    ImportFile(IntFunction<Optional<byte[]>> parts, long size) {
        this.parts = parts;
        this.size = size;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int from, int most) throws IOException {
        if (most == 0) {
            return 0;
        }
        int got = present.read(to, from, most);
        while (got < 0 && read < size) {
            byte[] bytes = parts.apply(next++)
                    .orElseThrow(() -> new EOFException("the rest of the file is not kept any more"));
            present = new ByteArrayInputStream(bytes);
            got = present.read(to, from, most);
        }
        read += Math.max(0, got);
        return got;
    }
}
