package io.muster.cli.wire;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file as the body of a request, read while it is sent.
public final class FileBody {

    private FileBody() {}

    /// Is told how far it is.
    @FunctionalInterface
    public interface Sent {
        void upTo(long bytes, long all);
    }

    static BodyPublisher of(Path file, Sent sent) throws IOException {
        long size = Files.size(file);
        return BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> open(file, size, sent)), size);
    }

    private static InputStream open(Path file, long size, Sent sent) {
        try {
            return new Counted(new BufferedInputStream(Files.newInputStream(file)), size, sent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Counted extends InputStream {

        private final InputStream in;
        private final long size;
        private final Sent sent;
        private long read;

        private Counted(InputStream in, long size, Sent sent) {
            this.in = in;
            this.size = size;
            this.sent = sent;
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            read += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] to, int from, int most) throws IOException {
            int got = in.read(to, from, most);
            read += Math.max(0, got);
            sent.upTo(read, size);
            return got;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
