package io.muster.doors.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttReasonCodes.Disconnect;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts the stream into packets, and bounds each before anything in it is decoded: which kinds may come, how large
/// they are, how large the properties in them. Lets them through one at a time, while it is open; while it is shut
/// nothing is read, so that the caller has to wait.
///
/// What breaks a rule is told as an event, a [Disconnect]; from then on everything is thrown away.
final class PacketGate extends ByteToMessageDecoder {

    /// A filter has its length before it and its options behind it.
    private static final int FILTER_BYTES = 2 + Topics.MAX_BYTES + 1;

    private static final int PACKET_ID_BYTES = 2;

    /// Of strangers less is kept.
    private static final int MAX_CONNECT = 32 * 1024;

    private final MqttLimits limits;
    private boolean open = true;
    private boolean deaf;
    private boolean last;
    private boolean unheard;
    private boolean connected;
    private boolean five;

    PacketGate(MqttLimits limits) {
        this.limits = limits;
    }

    /// Whether the CONNECT that came was one of MQTT 5.
    boolean five() {
        return five;
    }

    void shut(Channel channel) {
        if (open && !last) {
            open = false;
            channel.config().setAutoRead(false);
        }
    }

    /// What came while it was shut goes through first.
    void open(Channel channel) {
        if (!open) {
            open = true;
            // Not at once: whoever opens it may stand in the middle of a packet that it let through.
            channel.eventLoop().execute(() -> goOn(channel.pipeline().context(this)));
        }
    }

    private void goOn(@Nullable ChannelHandlerContext mine) {
        if (mine == null || !open) {
            return;
        }
        if (actualReadableBytes() > 0) {
            try {
                channelRead(mine, Unpooled.EMPTY_BUFFER);
            } catch (Exception e) {
                mine.fireExceptionCaught(e);
            }
        }
        if (open) {
            mine.channel().config().setAutoRead(true);
        }
    }

    /// Throws away all that comes from now on.
    void deafen() {
        deaf = true;
        open = true;
    }

    /// The caller is gone: what came before goes through, so that its last word is heard.
    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        last = true;
        open = true;
        super.channelInactive(ctx);
    }

    /// The same when TLS has ended and the connection below has not.
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof SslCloseCompletionEvent) {
            last = true;
            open = true;
            channelRead(ctx, Unpooled.EMPTY_BUFFER);
        }
        super.userEventTriggered(ctx, event);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (deaf) {
            in.skipBytes(in.readableBytes());
        } else if (open) {
            next(ctx, in);
        }
    }

    private void next(ChannelHandlerContext ctx, ByteBuf in) {
        int start = in.readerIndex();
        MqttMessageType type = type(in.getUnsignedByte(start));
        if ((type == MqttMessageType.CONNECT) == connected) {
            refuse(ctx, in, Disconnect.PROTOCOL_ERROR);
            return;
        }
        switch (VariableInteger.read(in, start + 1)) {
            case VariableInteger.Reading.Unfinished _ -> {}
            case VariableInteger.Reading.Malformed _ -> refuse(ctx, in, Disconnect.MALFORMED_PACKET);
            case VariableInteger.Reading.Read(int length, int behind) -> {
                if (length > most(type)) {
                    refuse(ctx, in, Disconnect.PACKET_TOO_LARGE);
                } else if (in.writerIndex() - behind >= length) {
                    pass(ctx, in, new Frame(type, start, behind, length));
                }
            }
        }
    }

    /// A whole packet: where it begins, where its fixed header ends, and how many bytes follow.
    private record Frame(MqttMessageType type, int start, int behind, int length) {
        int size() {
            return behind - start + length;
        }
    }

    private void pass(ChannelHandlerContext ctx, ByteBuf in, Frame frame) {
        ByteBuf body = in.slice(frame.behind(), frame.length());
        if (frame.type() == MqttMessageType.CONNECT) {
            connected = true;
            five = PropertyBlock.isFive(body);
        }
        int qos = (in.getByte(frame.start()) >> 1) & 3;
        if (five && PropertyBlock.announced(frame.type(), qos, body) > limits.properties()) {
            refuse(ctx, in, Disconnect.PACKET_TOO_LARGE);
        } else {
            unheard = true;
            ctx.fireChannelRead(in.readRetainedSlice(frame.size()));
            if (unheard) {
                // The decoder waits for more: a length in the packet says more than the packet holds.
                refuse(ctx, in, Disconnect.MALFORMED_PACKET);
            }
        }
    }

    /// The packet that was let through has been decoded, for good or ill.
    void heard() {
        unheard = false;
    }

    private void refuse(ChannelHandlerContext ctx, ByteBuf in, Disconnect reason) {
        in.skipBytes(in.readableBytes());
        deafen();
        ctx.fireUserEventTriggered(reason);
    }

    private static MqttMessageType type(int first) {
        // 0 is no kind: the decoder's table has a hole there.
        return first >> 4 == 0 ? MqttMessageType.CONNACK : MqttMessageType.valueOf(first >> 4);
    }

    /// Bytes behind the fixed header. What only a server sends is not even read; nor is what belongs to QoS 2.
    private int most(MqttMessageType type) {
        return switch (type) {
            case CONNECT -> Math.min(limits.packet(), MAX_CONNECT);
            case PUBLISH -> limits.packet();
            case SUBSCRIBE, UNSUBSCRIBE, PUBACK, DISCONNECT, AUTH ->
                limits.properties() + PACKET_ID_BYTES + limits.filters() * FILTER_BYTES;
            case PINGREQ -> 0;
            case CONNACK, SUBACK, UNSUBACK, PINGRESP, PUBREC, PUBREL, PUBCOMP -> -1;
        };
    }
}
