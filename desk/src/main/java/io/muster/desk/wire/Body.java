package io.muster.desk.wire;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A request's body as a stream: it comes as fast as it is read, and no faster. To be made on the request's event
/// loop, and read on another thread.
final class Body extends InputStream {

    private static final long LONGEST_SILENCE_SECONDS = 60;

    /// What the event loop hands over.
    private sealed interface Piece {
        record Bytes(Buffer buffer) implements Piece {}

        record End() implements Piece {}

        record Broken(Throwable cause) implements Piece {}
    }

    private final HttpServerRequest request;
    private final Context loop;
    private final LinkedBlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private Buffer present = Buffer.buffer();
    private int read;
    private boolean ended;

    Body(HttpServerRequest request, Context loop) {
        this.request = request;
        this.loop = loop;
        request.pause();
        request.handler(buffer -> pieces.add(new Piece.Bytes(buffer)));
        request.endHandler(_ -> pieces.add(new Piece.End()));
        request.exceptionHandler(cause -> pieces.add(new Piece.Broken(cause)));
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
        while (!ended && read == present.length()) {
            await();
        }
        if (read == present.length()) {
            return -1;
        }
        int got = Math.min(most, present.length() - read);
        present.getBytes(read, read + got, to, from);
        read += got;
        return got;
    }

    private void await() throws IOException {
        loop.runOnContext(_ -> request.fetch(1));
        switch (next()) {
            case Piece.Bytes(Buffer buffer) -> {
                present = buffer;
                read = 0;
            }
            case Piece.End() -> ended = true;
            case Piece.Broken(Throwable cause) -> throw new IOException("the connection ended", cause);
        }
    }

    private Piece next() throws IOException {
        try {
            Piece piece = pieces.poll(LONGEST_SILENCE_SECONDS, TimeUnit.SECONDS);
            if (piece == null) {
                throw new IOException("nothing came for " + LONGEST_SILENCE_SECONDS + " seconds");
            }
            return piece;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the desk closes", e);
        }
    }
}
