package io.muster.doors.listener;

import io.muster.core.device.Bytes;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// A request whose body is still arriving. Memory grows with what came, not with what was announced.
final class RequestDraft {

    private static final int FIRST_BYTES = 512;

    private final RequestHead.Taken head;
    private final ByteArrayOutputStream body;

    RequestDraft(RequestHead.Taken head) {
        this.head = head;
        this.body = new ByteArrayOutputStream(Math.clamp(head.length(), 0, FIRST_BYTES));
    }

    /// Adds bytes; false when the body has become larger than the limit.
    boolean add(ByteBuf bytes, int limit) {
        if (body.size() + bytes.readableBytes() > limit) {
            return false;
        }
        try {
            bytes.readBytes(body, bytes.readableBytes());
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpExchange finish(TlsPeer peer) {
        return new HttpExchange(
                head.method(), head.target(), new HttpFields(head.fields()), Bytes.of(body.toByteArray()), peer);
    }

    RequestHead.Taken head() {
        return head;
    }
}
