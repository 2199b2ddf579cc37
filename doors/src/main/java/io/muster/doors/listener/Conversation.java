package io.muster.doors.listener;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection's HTTP, after TLS where there is TLS: requests in, one at a time to the doors, answers out in the
/// same order.
///
/// Everything here runs on the connection's event loop, except the doors, which get a virtual thread for each
/// request.
@SuppressWarnings("FutureReturnValueIgnored") // whatever becomes of a close or a write, channelInactive follows
final class Conversation extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

    /// How long a refused caller may go on sending into the void, so that it can read the refusal.
    private static final Duration LINGER = Duration.ofSeconds(1);

    private enum Phase {
        HANDSHAKE,
        IDLE,
        HEAD,
        BODY,
        SERVING,
        ENDING
    }

    /// What waits for its turn.
    private sealed interface Turn {
        record Ask(HttpExchange exchange, boolean keepAlive) implements Turn {}

        record Refuse(HttpAnswer answer) implements Turn {}
    }

    private final Connection connection;
    private final DoorList doors;
    private final AnswerWriter writer;
    private final SizeLimits sizes;
    private final TimeLimits times;
    private final WebSocketUpgrade upgrade;
    private final Deque<Turn> waiting = new ArrayDeque<>(2);

    private @Nullable Deadline deadline;
    private @Nullable TlsPeer peer;
    private @Nullable RequestDraft draft;
    private Phase phase = Phase.HANDSHAKE;
    private boolean busy;
    private boolean deaf;
    private boolean draining;

    Conversation(
            Connection connection,
            DoorList doors,
            AnswerWriter writer,
            SizeLimits sizes,
            TimeLimits times,
            WebSocketUpgrade upgrade) {
        this.connection = connection;
        this.doors = doors;
        this.writer = writer;
        this.sizes = sizes;
        this.times = times;
        this.upgrade = upgrade;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline = new Deadline(ctx.executor(), () -> expired(ctx));
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (connection.plain()) {
            peer = connection.peer(ctx);
        }
        watch();
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        over();
    }

    /// Something else than HTTP is spoken from now on.
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        over();
    }

    private void over() {
        deaf = true;
        waiting.clear();
        if (deadline != null) {
            deadline.cancel();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        switch (event) {
            case SslHandshakeCompletionEvent done
            when done.isSuccess() -> {
                peer = connection.peer(ctx);
                watch();
            }
            case SslCloseCompletionEvent _ -> endWhenDone(ctx);
            case Drain _ -> {
                draining = true;
                if (nothingBegun()) {
                    ctx.close();
                }
            }
            default -> ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object part) {
        try {
            if (deaf) {
                return;
            }
            if (part instanceof HttpRequest request) {
                begin(ctx, request);
            }
            if (!deaf && part instanceof HttpContent content) {
                take(ctx, content);
            }
        } finally {
            ReferenceCountUtil.release(part);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        watch();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("A connection failed and is closed: {}", cause.toString());
        ctx.close();
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest request) {
        switch (RequestHead.read(request, sizes)) {
            case RequestHead.Refused(HttpAnswer answer) -> refuse(ctx, answer);
            case RequestHead.Taken head -> {
                draft = new RequestDraft(head);
                if (head.waits() && !busy) {
                    ctx.writeAndFlush(new DefaultFullHttpResponse(
                            HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
                }
            }
        }
    }

    private void take(ChannelHandlerContext ctx, HttpContent content) {
        RequestDraft current = draft;
        if (current == null || peer == null) {
            return;
        }
        if (content.decoderResult().isFailure()) {
            refuse(ctx, HttpAnswer.sentence(400, "The body's chunks are malformed."));
        } else if (!current.add(content.content(), sizes.body())) {
            refuse(ctx, RequestHead.tooLarge(sizes));
        } else if (content instanceof LastHttpContent) {
            draft = null;
            finish(ctx, current, peer);
        }
    }

    private void finish(ChannelHandlerContext ctx, RequestDraft whole, TlsPeer caller) {
        switch (upgrade.read(whole.head())) {
            case WebSocketUpgrade.Wish.None _ ->
                enqueue(ctx, new Turn.Ask(whole.finish(caller), whole.head().keepAlive()));
            case WebSocketUpgrade.Wish.Refused(HttpAnswer answer) -> refuse(ctx, answer);
            case WebSocketUpgrade.Wish.Granted(Protocol protocol)
            when !busy && waiting.isEmpty() && !draining -> upgrade.perform(ctx, whole.head(), protocol, connection);
            case WebSocketUpgrade.Wish.Granted _ ->
                refuse(ctx, HttpAnswer.sentence(400, "Ask for a WebSocket on a connection of its own."));
        }
    }

    /// Answers in turn, then ends the connection: after a malformed request nobody knows where the next one begins.
    private void refuse(ChannelHandlerContext ctx, HttpAnswer answer) {
        deaf = true;
        draft = null;
        enqueue(ctx, new Turn.Refuse(answer));
    }

    private void enqueue(ChannelHandlerContext ctx, Turn turn) {
        if (!deaf && waiting.size() >= sizes.pipelined()) {
            refuse(ctx, HttpAnswer.sentence(429, "Too many requests at once on one connection; wait for answers."));
            return;
        }
        waiting.add(turn);
        if (busy) {
            ctx.channel().config().setAutoRead(false);
        } else {
            next(ctx);
        }
    }

    private void next(ChannelHandlerContext ctx) {
        Turn turn = waiting.poll();
        if (turn == null) {
            return;
        }
        busy = true;
        switch (turn) {
            case Turn.Refuse(HttpAnswer answer) -> write(ctx, answer, true, false);
            case Turn.Ask ask -> Thread.startVirtualThread(() -> ask(ctx, ask));
        }
    }

    /// Runs on a virtual thread of its own: doors may block.
    private void ask(ChannelHandlerContext ctx, Turn.Ask ask) {
        HttpAnswer answer = doors.answer(ask.exchange());
        if (!ctx.channel().isActive()) {
            return;
        }
        boolean bodiless = ask.exchange().method().equals("HEAD");
        ctx.executor().execute(() -> {
            boolean last = !ask.keepAlive() || (waiting.isEmpty() && (deaf || (draining && noneArriving())));
            write(ctx, answer, last, bodiless);
        });
    }

    private void write(ChannelHandlerContext ctx, HttpAnswer answer, boolean last, boolean bodiless) {
        ChannelFuture written = writer.write(ctx, answer, last, bodiless);
        if (!written.isDone() && deadline != null) {
            deadline.in(times.body());
        }
        written.addListener(_ -> {
            if (last) {
                end(ctx);
            } else {
                goOn(ctx);
            }
        });
    }

    private void goOn(ChannelHandlerContext ctx) {
        busy = false;
        phase = Phase.SERVING;
        next(ctx);
        if (waiting.isEmpty() && !ctx.channel().config().isAutoRead()) {
            ctx.channel().config().setAutoRead(true);
        }
        watch();
    }

    private void end(ChannelHandlerContext ctx) {
        if (!deaf || !ctx.channel().isActive()) {
            ctx.close();
            return;
        }
        phase = Phase.ENDING;
        waiting.clear();
        connection.endOutput(ctx);
        ctx.channel().config().setAutoRead(true);
        if (deadline != null) {
            deadline.in(LINGER);
        }
    }

    /// The caller will send no more: finish what is begun.
    private void endWhenDone(ChannelHandlerContext ctx) {
        deaf = true;
        if (!busy && waiting.isEmpty()) {
            ctx.close();
        }
    }

    private boolean nothingBegun() {
        return !busy && waiting.isEmpty() && noneArriving();
    }

    private boolean noneArriving() {
        return draft == null && !connection.decoder().midRequest();
    }

    /// Sets the deadline of the phase that has begun; a phase that goes on keeps its own.
    private void watch() {
        if (deadline == null || phase == Phase.ENDING) {
            return;
        }
        Phase now = currentPhase();
        if (now == phase) {
            return;
        }
        phase = now;
        switch (now) {
            case HANDSHAKE, SERVING, ENDING -> deadline.clear();
            case IDLE -> deadline.in(times.idle());
            case HEAD -> deadline.in(times.headers());
            case BODY -> deadline.in(times.body());
        }
    }

    private Phase currentPhase() {
        if (peer == null) {
            return Phase.HANDSHAKE;
        }
        if (busy) {
            return Phase.SERVING;
        }
        if (draft != null) {
            return Phase.BODY;
        }
        return connection.decoder().midRequest() ? Phase.HEAD : Phase.IDLE;
    }

    private void expired(ChannelHandlerContext ctx) {
        switch (phase) {
            case HEAD, BODY ->
                refuse(ctx, HttpAnswer.sentence(408, "The request did not arrive in time; send it without pauses."));
            case HANDSHAKE, IDLE, SERVING, ENDING -> ctx.close();
        }
    }
}
