package io.muster.fleet.mqtt;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPubAckMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/// One connection of one device, used by one thread. Whatever waits here waits no longer than the time that was last
/// allowed.
public final class MqttSession implements AutoCloseable {

    private static final MqttMessage PING = new MqttMessage(header(MqttMessageType.PINGREQ));
    private static final MqttMessage DISCONNECT = new MqttMessage(header(MqttMessageType.DISCONNECT));
    private static final int LARGEST_QOS = 1;
    private static final int MOST_KEPT = 16;
    private static final int LONGEST_FAREWELL_SECONDS = 5;

    private final Channel channel;
    private final Incoming incoming;
    private final Duration keepAlive;
    private final Queue<Message> messages = new ArrayDeque<>();

    private Duration allowed = Duration.ZERO;
    private long deadline;
    private int lastId;
    private boolean connected;

    MqttSession(Channel channel, Incoming incoming, Duration keepAlive) {
        this.channel = channel;
        this.incoming = incoming;
        this.keepAlive = keepAlive;
    }

    /// The time for all that follows, until it is allowed anew.
    public void allow(Duration time) {
        allowed = time;
        deadline = System.nanoTime() + time.toNanos();
    }

    /// TLS, CONNECT, and the broker's welcome.
    void greet(Greeting greeting) throws MqttLost, MqttRefused, InterruptedException {
        awaitHandshake();
        send(Packets.connect(greeting));
        Packet.ConnectAnswer answer = awaitConnectAnswer();
        if (answer.code() != 0) {
            throw MqttRefused.connection(answer.code());
        }
        if (greeting.cleanSession() && answer.sessionPresent()) {
            throw new MqttLost("the broker remembers a session that should be clean");
        }
        connected = true;
    }

    private void awaitHandshake() throws MqttLost, InterruptedException {
        if (!(next("TLS handshake") instanceof Packet.Secured)) {
            throw new MqttLost("the broker spoke first");
        }
    }

    private Packet.ConnectAnswer awaitConnectAnswer() throws MqttLost, InterruptedException {
        if (next("CONNACK") instanceof Packet.ConnectAnswer answer) {
            return answer;
        }
        throw new MqttLost("the broker's first packet is not CONNACK");
    }

    /// Subscribes to one filter at QoS 1 and waits until it is granted, at any QoS.
    public void subscribe(String filter) throws MqttLost, MqttRefused, InterruptedException {
        int id = nextId();
        send(MqttMessageBuilders.subscribe()
                .messageId(id)
                .addSubscription(MqttQoS.AT_LEAST_ONCE, filter)
                .build());
        List<Integer> codes = awaitSubscribeAnswer(id);
        if (codes.size() != 1) {
            throw new MqttLost("SUBACK answers " + codes.size() + " filters instead of one");
        }
        if (codes.getFirst() > LARGEST_QOS) {
            throw MqttRefused.subscription(codes.getFirst(), filter);
        }
    }

    private List<Integer> awaitSubscribeAnswer(int id) throws MqttLost, InterruptedException {
        while (true) {
            switch (next("SUBACK")) {
                case Packet.SubscribeAnswer(int answered, List<Integer> codes)
                when answered == id -> {
                    return codes;
                }
                case Packet.Delivery delivery -> keep(delivery);
                case Packet other -> throw unexpected(other);
            }
        }
    }

    /// Publishes, at QoS 1 until the broker has acknowledged it. Messages that come meanwhile are kept.
    public void publish(String topic, byte[] payload, Qos qos) throws MqttLost, InterruptedException {
        int id = nextId();
        send(MqttMessageBuilders.publish()
                .messageId(id)
                .topicName(topic)
                .qos(
                        switch (qos) {
                            case AT_MOST_ONCE -> MqttQoS.AT_MOST_ONCE;
                            case AT_LEAST_ONCE -> MqttQoS.AT_LEAST_ONCE;
                        })
                .payload(Unpooled.wrappedBuffer(payload))
                .build());
        if (qos == Qos.AT_LEAST_ONCE) {
            awaitPublishAnswer(id);
        }
    }

    private void awaitPublishAnswer(int id) throws MqttLost, InterruptedException {
        while (true) {
            switch (next("PUBACK")) {
                case Packet.PublishAnswer(int answered)
                when answered == id -> {
                    return;
                }
                case Packet.Delivery delivery -> keep(delivery);
                case Packet other -> throw unexpected(other);
            }
        }
    }

    /// The next message, acknowledged where its QoS asks for it.
    public Message await() throws MqttLost, InterruptedException {
        while (messages.isEmpty()) {
            switch (next("answer")) {
                case Packet.Delivery delivery -> keep(delivery);
                case Packet other -> throw unexpected(other);
            }
        }
        return messages.remove();
    }

    /// Asks whether the broker is still there.
    public void ping() throws MqttLost, InterruptedException {
        send(PING);
        while (true) {
            switch (next("PINGRESP")) {
                case Packet.PingAnswer() -> {
                    return;
                }
                case Packet.Delivery delivery -> keep(delivery);
                case Packet other -> throw unexpected(other);
            }
        }
    }

    /// Waits for nothing but time, and keeps the connection alive. A message that comes is one too many: nobody asked.
    public void rest(Duration time, Duration perAnswer) throws MqttLost, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            long step = Math.min(end - System.nanoTime(), keepAlive.dividedBy(2).toNanos());
            Packet packet = incoming.next(Math.max(0, step));
            if (packet != null || !messages.isEmpty()) {
                throw packet instanceof Packet.Gone(String reason)
                        ? new MqttLost(reason)
                        : new MqttLost("a message came that nobody asked for");
            }
            if (System.nanoTime() < end) {
                allow(perAnswer);
                ping();
            }
        }
    }

    private void keep(Packet.Delivery delivery) throws MqttLost {
        if (messages.size() >= MOST_KEPT) {
            throw new MqttLost("more than " + MOST_KEPT + " messages came before one was asked for");
        }
        if (delivery.id() != 0) {
            send(new MqttPubAckMessage(
                    header(MqttMessageType.PUBACK), MqttMessageIdVariableHeader.from(delivery.id())));
        }
        messages.add(delivery.message());
    }

    private Packet next(String awaited) throws MqttLost, InterruptedException {
        Packet packet = incoming.next(Math.max(0, deadline - System.nanoTime()));
        return switch (packet) {
            case null -> throw new MqttLost("no " + awaited + " within " + allowed.toMillis() + " ms");
            case Packet.Gone(String reason) -> throw new MqttLost(reason);
            case Packet other -> other;
        };
    }

    private static MqttLost unexpected(Packet packet) {
        return new MqttLost("the broker sent an unexpected " + packet.getClass().getSimpleName());
    }

    private void send(MqttMessage message) {
        var _ = channel.writeAndFlush(message, channel.voidPromise());
    }

    private int nextId() {
        lastId = lastId % 0xffff + 1;
        return lastId;
    }

    private static MqttFixedHeader header(MqttMessageType type) {
        return new MqttFixedHeader(type, false, MqttQoS.AT_MOST_ONCE, false, 0);
    }

    /// Says good-bye where there was a welcome, and returns when it is on its way.
    @Override
    public void close() {
        if (connected) {
            send(DISCONNECT);
        }
        channel.close().awaitUninterruptibly(LONGEST_FAREWELL_SECONDS, TimeUnit.SECONDS);
    }
}
