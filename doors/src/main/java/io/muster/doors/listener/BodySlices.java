package io.muster.doors.listener;

import io.muster.core.device.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.stream.ChunkedInput;
import java.nio.ByteBuffer;

/// A large body, handed to the network slice by slice as the caller takes it. The octets themselves are never copied:
/// whoever is slow costs one slice.
final class BodySlices implements ChunkedInput<ByteBuf> {

    /// A body up to this size goes in one piece.
    static final int SLICE = 64 * 1024;

    private final ByteBuffer rest;
    private final int length;

    BodySlices(Bytes body) {
        this.rest = body.view();
        this.length = body.size();
    }

    @Override
    public boolean isEndOfInput() {
        return !rest.hasRemaining();
    }

    @Override
    public ByteBuf readChunk(ByteBufAllocator allocator) {
        ByteBuffer slice = rest.slice(rest.position(), Math.min(SLICE, rest.remaining()));
        rest.position(rest.position() + slice.remaining());
        return Unpooled.wrappedBuffer(slice);
    }

    @Override
    @SuppressWarnings("deprecation") // Netty's: replaced by the one with an allocator, and still abstract
    public ByteBuf readChunk(ChannelHandlerContext ctx) {
        return readChunk(ctx.alloc());
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public long progress() {
        return rest.position();
    }

    @Override
    public void close() {
        rest.position(rest.limit());
    }
}
