package io.muster.doors.mqtt;

import io.muster.doors.listener.Deadline;
import io.muster.doors.listener.Drain;
import io.muster.doors.listener.TlsPeer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttReasonCodes.Disconnect;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection from its first packet to its last: who is in, how long it may be silent, whether it is read. Runs
/// on the connection's event loop, except the doors and the guest.
final class Session extends ChannelInboundHandlerAdapter implements Turns.Watch, Visit.Host {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /// Packets that may wait for the guest; then nothing more is read.
    private static final int QUEUE = 16;

    private static final int DISCONNECT_WITH_WILL = 0x04;

    private sealed interface Phase {
        /// Nothing has come yet.
        record Waiting(TlsPeer peer) implements Phase {}

        /// The doors judge the CONNECT.
        record Judged(Line line, Terms terms, Optional<Will> will) implements Phase {}

        record In(Owner owner, Visit visit, Duration patience) implements Phase {}

        record Over(Departure departure) implements Phase {}
    }

    private final Threshold threshold;
    private final PacketGate gate;
    private final Channel channel;
    private final MqttConnect.Channel carrier;
    private final Turns turns;
    private final Deadline silence;
    private final Deadline untaken;
    private final Rate rate;
    private Phase phase;
    private boolean throttled;
    private boolean draining;

    Session(Threshold threshold, PacketGate gate, Channel channel, MqttConnect.Channel carrier, TlsPeer peer) {
        this.threshold = threshold;
        this.gate = gate;
        this.channel = channel;
        this.carrier = carrier;
        this.turns = new Turns(channel.eventLoop(), threshold.threads(), this);
        this.silence = new Deadline(channel.eventLoop(), this::silent);
        this.untaken = new Deadline(channel.eventLoop(), () -> end(Departure.SLOW));
        this.rate = new Rate(threshold.limits().perSecond(), now());
        this.phase = new Phase.Waiting(peer);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        silence.in(threshold.limits().untilConnect());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        gate.heard();
        try {
            if (message instanceof MqttMessage packet) {
                switch (phase) {
                    case Phase.Waiting(TlsPeer peer) -> first(packet, peer);
                    case Phase.In in -> next(packet, in);
                    case Phase.Judged _, Phase.Over _ -> {}
                }
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void first(MqttMessage packet, TlsPeer peer) {
        if (packet instanceof MqttConnectMessage connect
                && connect.decoderResult().isSuccess()) {
            switch (ConnectReader.read(threshold.limits(), connect, carrier, peer)) {
                case ConnectReader.Reading.Read(MqttConnect read, Terms terms) -> judge(read, terms);
                case ConnectReader.Reading.Refused(MqttConnectReturnCode code) -> refuse(code);
                case ConnectReader.Reading.Malformed _ -> end(Departure.PROTOCOL_ERROR);
            }
        } else if (packet.decoderResult().cause() instanceof MqttUnacceptableProtocolVersionException) {
            refuse(MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION);
        } else {
            end(Departure.PROTOCOL_ERROR);
        }
    }

    private void refuse(MqttConnectReturnCode code) {
        new Line(channel, gate.five()).refuse(code);
        end(Departure.PROTOCOL_ERROR);
    }

    private void judge(MqttConnect connect, Terms terms) {
        phase = new Phase.Judged(new Line(channel, terms.five()), terms, connect.will());
        silence.clear();
        gate.shut(channel);
        turns.add(() -> threshold.judge(connect), this::judged);
    }

    private void judged(Welcome welcome) {
        switch (welcome) {
            case Welcome.Refused(MqttRefusal refusal) -> refuse(ReasonCodes.connack(refusal, gate.five()));
            case Welcome.Accepted(Owner owner, MqttGuest guest) -> {
                switch (phase) {
                    case Phase.Judged judged -> admit(judged, owner, guest);
                    case Phase.Over(Departure departure) -> turns.add(() -> guest.left(departure));
                    case Phase.Waiting _, Phase.In _ -> throw new IllegalStateException("judged twice");
                }
            }
        }
    }

    private void admit(Phase.Judged judged, Owner owner, MqttGuest guest) {
        if (!threshold.guests().enter(owner, this)) {
            turns.add(() -> guest.left(Departure.TOO_MANY));
            refuse(ReasonCodes.connack(MqttRefusal.QUOTA_EXCEEDED, gate.five()));
            return;
        }
        MqttLimits limits = threshold.limits();
        Outbox outbox = new Outbox(judged.line(), judged.terms(), limits.subscriptions(), this::ended, this::later);
        Visit visit = new Visit(guest, judged.will(), limits, outbox, turns, this);
        // MQTT 5 section 3.1.2.10: one and a half times the keep-alive.
        Duration patience = Duration.ofSeconds(judged.terms().keepAliveSeconds())
                .multipliedBy(3)
                .dividedBy(2);
        phase = new Phase.In(owner, visit, patience);
        judged.line().welcome(judged.terms(), limits);
        visit.begin();
        silence.in(patience);
    }

    private void next(MqttMessage packet, Phase.In in) {
        silence.in(in.patience());
        if (packet.decoderResult().isFailure()) {
            breach(Disconnect.MALFORMED_PACKET);
            return;
        }
        take(packet, in.visit());
        long wait = rate.take(now());
        if (wait > 0) {
            throttle(wait);
        }
        regulate();
    }

    private void take(MqttMessage packet, Visit visit) {
        switch (packet.fixedHeader().messageType()) {
            case PUBLISH -> visit.publish((MqttPublishMessage) packet);
            case PUBACK -> visit.acknowledged(((MqttMessageIdVariableHeader) packet.variableHeader()).messageId());
            case SUBSCRIBE -> visit.subscribe((MqttSubscribeMessage) packet);
            case UNSUBSCRIBE -> visit.unsubscribe((MqttUnsubscribeMessage) packet);
            case PINGREQ -> visit.ping();
            case DISCONNECT -> end(departure(packet));
            case CONNECT, CONNACK, PUBREC, PUBREL, PUBCOMP, SUBACK, UNSUBACK, PINGRESP, AUTH ->
                breach(Disconnect.PROTOCOL_ERROR);
        }
    }

    private static Departure departure(MqttMessage disconnect) {
        return disconnect.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader head
                        && head.reasonCode() == DISCONNECT_WITH_WILL
                ? Departure.CLIENT_WITH_WILL
                : Departure.CLIENT;
    }

    private long now() {
        return channel.eventLoop().ticker().nanoTime();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a connection that is over by then is not read anyhow
    private void throttle(long nanos) {
        throttled = true;
        channel.eventLoop().schedule(this::releaseThrottle, nanos, TimeUnit.NANOSECONDS);
    }

    private void releaseThrottle() {
        throttled = false;
        regulate();
    }

    /// Reads on, or does not: whoever asks faster than it is served, or does not take what it is told, has to wait.
    private void regulate() {
        switch (phase) {
            case Phase.In _
            when turns.count() < QUEUE && channel.isWritable() && !throttled && !draining -> gate.open(channel);
            case Phase.In _ -> gate.shut(channel);
            case Phase.Waiting _, Phase.Judged _, Phase.Over _ -> {}
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (channel.isWritable()) {
            untaken.clear();
        } else {
            untaken.in(threshold.limits().untilTaken());
        }
        regulate();
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        switch (event) {
            case Disconnect reason -> breach(reason);
            case SslCloseCompletionEvent _ -> end(Departure.LOST);
            case Drain _ -> {
                draining = true;
                ended();
            }
            default -> ctx.fireUserEventTriggered(event);
        }
    }

    /// A turn is over, or something held back was sent.
    @Override
    public void ended() {
        regulate();
        boolean begun =
                switch (phase) {
                    case Phase.Waiting _ -> false;
                    case Phase.Judged _, Phase.Over _ -> true;
                    case Phase.In in -> in.visit().busy();
                };
        if (draining && !begun) {
            end(Departure.SERVER_STOPS);
        }
    }

    @Override
    public void failed(Throwable fault) {
        LOG.error("A guest failed; its connection is closed.", fault);
        end(Departure.FAULT);
    }

    /// The owner has connected again; said by that other connection.
    void takenOver() {
        later(Departure.TAKEN_OVER);
    }

    /// Said on any thread; nobody is left to be told when the event loops have stopped.
    private void later(Departure departure) {
        try {
            channel.eventLoop().execute(() -> end(departure));
        } catch (RejectedExecutionException _) {
            LOG.debug("A connection ended with its event loop.");
        }
    }

    /// A device that has to wait for us is not silent.
    private void silent() {
        switch (phase) {
            case Phase.In in when turns.count() > 0 || throttled -> silence.in(in.patience());
            case Phase.In _ -> end(Departure.KEEP_ALIVE);
            case Phase.Waiting _, Phase.Judged _, Phase.Over _ -> end(Departure.PROTOCOL_ERROR);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end(Departure.LOST);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("A connection failed and is closed: {}", cause.toString());
        end(Departure.LOST);
    }

    private void end(Departure departure) {
        end(departure, ReasonCodes.disconnect(departure));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // whatever becomes of it, there is nobody left to tell
    public void end(Departure departure, Optional<Disconnect> reason) {
        Phase before = phase;
        if (before instanceof Phase.Over) {
            return;
        }
        phase = new Phase.Over(departure);
        silence.cancel();
        untaken.cancel();
        gate.deafen();
        if (before instanceof Phase.In(Owner owner, Visit visit, var _)) {
            threshold.guests().leave(owner, this);
            visit.end(departure, reason);
        } else {
            channel.close();
        }
    }
}
