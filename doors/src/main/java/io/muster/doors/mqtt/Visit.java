package io.muster.doors.mqtt;

import io.muster.core.device.Bytes;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodes.Disconnect;
import io.netty.handler.codec.mqtt.MqttReasonCodes.SubAck;
import io.netty.handler.codec.mqtt.MqttReasonCodes.UnsubAck;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a device that was let in asks for, and what it is told. Its guest is called in turns; here is everything
/// around the calls.
final class Visit {

    /// Who ends the connection.
    interface Host {
        void end(Departure departure, Optional<Disconnect> reason);

        /// The device broke a rule.
        default void breach(Disconnect reason) {
            end(Departure.PROTOCOL_ERROR, Optional.of(reason));
        }
    }

    private final MqttGuest guest;
    private final Optional<Will> will;
    private final MqttLimits limits;
    private final Line line;
    private final Turns turns;
    private final Outbox outbox;
    private final Host host;
    private final Aliases aliases = new Aliases();

    Visit(MqttGuest guest, Optional<Will> will, MqttLimits limits, Outbox outbox, Turns turns, Host host) {
        this.guest = guest;
        this.will = will;
        this.limits = limits;
        this.line = outbox.line();
        this.turns = turns;
        this.outbox = outbox;
        this.host = host;
    }

    void begin() {
        turns.add(() -> guest.entered(outbox));
    }

    void publish(MqttPublishMessage packet) {
        int qos = packet.fixedHeader().qosLevel().value();
        boolean retain = packet.fixedHeader().isRetain();
        if (qos > MqttQoS.AT_LEAST_ONCE.value()) {
            host.breach(Disconnect.QOS_NOT_SUPPORTED);
        } else if (retain && line.five()) {
            host.breach(Disconnect.RETAIN_NOT_SUPPORTED);
        } else if (packet.payload().readableBytes() > limits.payload()) {
            host.breach(Disconnect.PACKET_TOO_LARGE);
        } else {
            switch (aliases.resolve(packet.variableHeader())) {
                case Aliases.Topic.Unknown _ -> host.breach(Disconnect.TOPIC_ALIAS_INVALID);
                case Aliases.Topic.Named(String topic) -> {
                    Bytes payload = Bytes.of(ByteBufUtil.getBytes(packet.payload()));
                    int packetId = packet.variableHeader().packetId();
                    publish(new MqttMessage(topic, payload, qos, retain), packetId);
                }
            }
        }
    }

    /// A topic that is none waits for its turn, too: acknowledgements go out in the order of the messages (section
    /// 4.6).
    private void publish(MqttMessage message, int packetId) {
        turns.add(
                () -> Topics.isName(message.topic(), guest.topicBytes())
                        ? guest.publish(message, outbox)
                        : new Receipt.Denied(Denial.TOPIC_INVALID),
                receipt -> received(receipt, message.qos(), packetId));
    }

    private void received(Receipt receipt, int qos, int packetId) {
        switch (receipt) {
            case Receipt.Taken _ when qos == 1 -> line.acknowledge(packetId);
            case Receipt.Taken _ -> {}
            case Receipt.Denied(Denial reason)
            when line.five() && qos == 1 -> line.acknowledge(packetId, ReasonCodes.puback(reason));
            case Receipt.Denied _ when !line.five() -> host.end(Departure.DENIED, Optional.empty());
            case Receipt.Denied _ -> {}
        }
    }

    void subscribe(MqttSubscribeMessage packet) {
        List<MqttTopicSubscription> wanted = packet.payload().topicSubscriptions();
        MqttProperties properties = packet.idAndPropertiesVariableHeader().properties();
        if (properties.getProperty(MqttProperties.SUBSCRIPTION_IDENTIFIER) != null) {
            host.breach(Disconnect.SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED);
        } else if (wanted.isEmpty()) {
            host.breach(Disconnect.PROTOCOL_ERROR);
        } else {
            turns.add(
                    () -> subscribe(wanted),
                    codes -> line.subscribed(packet.variableHeader().messageId(), codes));
        }
    }

    private List<Integer> subscribe(List<MqttTopicSubscription> wanted) {
        List<Integer> codes = new ArrayList<>(wanted.size());
        for (MqttTopicSubscription one : wanted) {
            codes.add(
                    codes.size() < limits.filters()
                            ? subscribe(one.topicFilter(), one.option().qos().value())
                            : code(SubAck.QUOTA_EXCEEDED));
        }
        return codes;
    }

    /// @param qos as the device wants it; 2 is granted as 1
    private int subscribe(String filter, int qos) {
        if (Topics.isShared(filter)) {
            return code(SubAck.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED);
        }
        if (!Topics.isFilter(filter)) {
            return code(SubAck.TOPIC_FILTER_INVALID);
        }
        if (!outbox.roomFor(filter)) {
            return code(SubAck.QUOTA_EXCEEDED);
        }
        return switch (guest.subscribe(filter, Math.min(qos, 1), outbox)) {
            case Grant.Granted(int granted) -> {
                int least = Math.min(granted, qos);
                outbox.hold(filter, least);
                yield least;
            }
            case Grant.Denied(Denial reason) -> code(ReasonCodes.suback(reason));
        };
    }

    private static int code(SubAck code) {
        return Byte.toUnsignedInt(code.byteValue());
    }

    void unsubscribe(MqttUnsubscribeMessage packet) {
        List<String> filters = packet.payload().topics();
        if (filters.isEmpty()) {
            host.breach(Disconnect.PROTOCOL_ERROR);
        } else {
            turns.add(
                    () -> filters.stream().map(this::unsubscribe).toList(),
                    codes -> line.unsubscribed(packet.variableHeader().messageId(), codes));
        }
    }

    private short unsubscribe(String filter) {
        UnsubAck code = outbox.drop(filter) ? UnsubAck.SUCCESS : UnsubAck.NO_SUBSCRIPTION_EXISTED;
        return (short) Byte.toUnsignedInt(code.byteValue());
    }

    void acknowledged(int packetId) {
        outbox.acknowledged(packetId);
    }

    void ping() {
        line.pong();
    }

    /// Whether something was begun that is not at its end.
    boolean busy() {
        return turns.count() > 0 || outbox.waits();
    }

    /// Ends the connection; the guest hears it after everything that came before. Whoever may not stay may not say
    /// anything more either.
    void end(Departure departure, Optional<Disconnect> reason) {
        if (departure != Departure.CLIENT && departure != Departure.DISMISSED) {
            will.ifPresent(last -> turns.add(() -> guest.publish(last.message(), outbox), receipt -> {}));
        }
        turns.add(() -> guest.left(departure));
        line.end(reason);
    }
}
