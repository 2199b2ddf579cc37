package io.muster.doors.mqtt;

import io.muster.core.device.Bytes;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// What goes to one device: its subscriptions, and the messages that match them. Nothing waits here for a device that
/// does not take what it is sent.
final class Outbox implements MqttReplies {

    /// Of a PUBLISH besides topic and payload: fixed header, two lengths, packet id, an empty block of properties.
    private static final int OVERHEAD = 5 + 2 + 2 + 1;

    /// Messages that may wait for their time.
    private static final int MOST_LATER = 100;

    private final Line line;
    private final Terms terms;
    private final int most;
    private final Runnable settled;
    private final Consumer<Departure> closed;
    private final Window window;
    private final AtomicInteger later = new AtomicInteger();

    /// Replaced as a whole: whoever sends, on whatever thread, sees one or the other.
    private volatile Map<String, Integer> subscriptions = Map.of();

    /// @param most    subscriptions
    /// @param settled told on the event loop when something that was to be sent later has been
    /// @param closed  told on any thread when the door wants the connection to end
    Outbox(Line line, Terms terms, int most, Runnable settled, Consumer<Departure> closed) {
        this.line = line;
        this.terms = terms;
        this.most = most;
        this.settled = settled;
        this.closed = closed;
        this.window = new Window(terms.window());
    }

    @Override
    public boolean send(String topic, Bytes payload) {
        int qos = granted(topic);
        if (qos < 0 || !line.channel().isWritable() || size(topic, payload) > terms.packet()) {
            return false;
        }
        int packetId = qos == 0 ? 0 : window.take();
        if (qos == 1 && packetId == 0) {
            return false;
        }
        line.publish(topic, Unpooled.wrappedBuffer(payload.view()), packetId);
        return true;
    }

    @Override
    public void sendAfter(Duration wait, String topic, Bytes payload) {
        if (later.incrementAndGet() > MOST_LATER) {
            later.decrementAndGet();
            return;
        }
        try {
            var _ = line.channel()
                    .eventLoop()
                    .schedule(() -> sendNow(topic, payload), Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException _) {
            later.decrementAndGet();
        }
    }

    private void sendNow(String topic, Bytes payload) {
        send(topic, payload);
        later.decrementAndGet();
        settled.run();
    }

    @Override
    public void close() {
        closed.accept(Departure.DOOR);
    }

    @Override
    public void dismiss() {
        closed.accept(Departure.DISMISSED);
    }

    /// Whether something is still to be sent later.
    boolean waits() {
        return later.get() > 0;
    }

    Line line() {
        return line;
    }

    /// Whether a subscription can be held: one that is held already can.
    boolean roomFor(String filter) {
        return subscriptions.size() < most || subscriptions.containsKey(filter);
    }

    void hold(String filter, int qos) {
        Map<String, Integer> more = new HashMap<>(subscriptions);
        more.put(filter, qos);
        subscriptions = Map.copyOf(more);
    }

    /// Gives a subscription up; false when there was none.
    boolean drop(String filter) {
        Map<String, Integer> fewer = new HashMap<>(subscriptions);
        boolean held = fewer.remove(filter) != null;
        subscriptions = Map.copyOf(fewer);
        return held;
    }

    void acknowledged(int packetId) {
        window.release(packetId);
    }

    /// The largest QoS of the subscriptions that cover a topic; -1 where none does.
    private int granted(String topic) {
        int qos = -1;
        for (Map.Entry<String, Integer> held : subscriptions.entrySet()) {
            if (Topics.matches(held.getKey(), topic)) {
                qos = Math.max(qos, held.getValue());
            }
        }
        return qos;
    }

    private static long size(String topic, Bytes payload) {
        return (long) OVERHEAD + ByteBufUtil.utf8Bytes(topic) + payload.size();
    }
}
