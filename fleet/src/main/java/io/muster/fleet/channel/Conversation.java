package io.muster.fleet.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// One device's way from arrival to its end: connect, ask, ask again while deferred, try again.
///
/// All of it runs on one event loop, so nothing here is locked. It ends exactly once: every wait has a timer, every
/// round is counted.
final class Conversation<E> {

    private final Errand<E> errand;
    private final Dialer dialer;
    private final Patience patience;
    private final EventLoop loop;
    private final long sinceNanos;
    private final BiConsumer<E, Duration> whenDone;

    private @Nullable Channel channel;
    private @Nullable Future<?> deadline;
    private @Nullable String operationId;
    private int failures;
    private int polls;
    private boolean waitingForAnswer;
    private boolean over;

    Conversation(
            Errand<E> errand, Dialer dialer, Patience patience, long sinceNanos, BiConsumer<E, Duration> whenDone) {
        this.errand = errand;
        this.dialer = dialer;
        this.patience = patience;
        this.loop = dialer.nextLoop();
        this.sinceNanos = sinceNanos;
        this.whenDone = whenDone;
    }

    void begin() {
        loop.execute(this::connect);
    }

    private void connect() {
        waitingForAnswer = true;
        deadline = loop.schedule(
                () -> failed("no answer within " + patience.perRequest().toMillis() + " ms"),
                patience.perRequest().toNanos(),
                TimeUnit.NANOSECONDS);
        ChannelFuture connecting = dialer.dial(loop, errand.identity(), DeviceChannel.handlers(this));
        channel = connecting.channel();
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                lost(connecting.channel(), "no connection: " + describe(done.cause()));
            }
        });
    }

    /// The handshake is done: say what there is to say.
    void ready(Channel from) {
        if (from.equals(channel) && !over) {
            send(from);
        }
    }

    private void send(Channel to) {
        String operation = operationId;
        FullHttpRequest request = operation == null ? errand.request() : errand.poll(operation);
        var _ = to.writeAndFlush(request, to.voidPromise());
    }

    void answered(Channel from, FullHttpResponse response) {
        if (!from.equals(channel) || !waitingForAnswer || over) {
            return;
        }
        waitingForAnswer = false;
        stopClock();
        if (response.decoderResult().isFailure()) {
            end(errand.lost("the answer is not HTTP"));
            return;
        }
        switch (errand.judge(reply(response))) {
            case Judgment.Final<E>(E ending) -> end(ending);
            case Judgment.Deferred<E>(String operation, Duration pause) -> pollLater(operation, pause);
            case Judgment.Unavailable<E>(E lastWord) -> tryAgainOr(lastWord);
        }
    }

    private static Reply reply(FullHttpResponse response) {
        return new Reply(
                response.status().code(),
                response.headers().get(HttpHeaderNames.CONTENT_TYPE, ""),
                Optional.ofNullable(response.headers().get(HttpHeaderNames.RETRY_AFTER)),
                response.content().toString(StandardCharsets.UTF_8));
    }

    /// The connection is gone. That is a failure only while an answer is due: a server may close while the device
    /// waits for its next poll.
    void lost(Channel which, String reason) {
        if (which.equals(channel)) {
            channel = null;
            if (waitingForAnswer && !over) {
                failed(reason);
            }
        }
    }

    private void pollLater(String operation, Duration pause) {
        operationId = operation;
        polls++;
        if (!errand.staysConnected()) {
            hangUp();
        }
        if (polls > patience.polls()) {
            end(errand.lost("still deferred after " + (polls - 1) + " polls"));
            return;
        }
        var _ = loop.schedule(this::poll, pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void poll() {
        Channel open = channel;
        if (open == null || !open.isActive()) {
            channel = null;
            connect();
            return;
        }
        waitingForAnswer = true;
        deadline = loop.schedule(
                () -> failed("no answer to a poll in time"),
                patience.perRequest().toNanos(),
                TimeUnit.NANOSECONDS);
        send(open);
    }

    private void failed(String reason) {
        tryAgainOr(errand.lost(reason));
    }

    private void tryAgainOr(E lastWord) {
        waitingForAnswer = false;
        stopClock();
        hangUp();
        failures++;
        if (failures >= patience.tries()) {
            end(lastWord);
            return;
        }
        var _ = loop.schedule(this::connect, patience.pauseAfter(failures).toNanos(), TimeUnit.NANOSECONDS);
    }

    private void end(E ending) {
        if (over) {
            return;
        }
        over = true;
        long nanos = System.nanoTime() - sinceNanos;
        hangUp();
        whenDone.accept(ending, Duration.ofNanos(nanos));
    }

    private void hangUp() {
        Channel open = channel;
        channel = null;
        if (open != null) {
            var _ = open.close();
        }
    }

    private void stopClock() {
        Future<?> running = deadline;
        if (running != null) {
            running.cancel(false);
            deadline = null;
        }
    }

    private static String describe(@Nullable Throwable cause) {
        return cause == null ? "unknown" : cause.getClass().getSimpleName();
    }
}
