package io.muster.doors.mqtt;

import io.muster.doors.listener.Protocol;
import io.muster.doors.listener.TlsPeer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/// MQTT 3.1.1 and 5, for the listener to let in. One for the whole house: an owner's connections find each other
/// whatever port they came by.
public final class MqttWall implements Protocol {

    /// AWS's SDKs ask for the first with a certificate, for the second with a token.
    private static final Set<String> ALPN = Set.of("x-amzn-mqtt-ca", "mqtt");

    /// CONNECT with its flags (MQTT 5 section 2.1.2).
    private static final byte CONNECT = 0x10;

    private static final String SUBPROTOCOL = "mqtt";
    private static final int FIXED_HEADER = 5;

    private final MqttLimits limits;
    private final Threshold threshold;

    /// @param doors in the order in which they are asked
    public MqttWall(List<MqttDoor> doors, MqttLimits limits) {
        this(doors, limits, Thread::startVirtualThread);
    }

    /// @param threads where doors and guests are called; they may block there
    MqttWall(List<MqttDoor> doors, MqttLimits limits, Executor threads) {
        this.limits = limits;
        this.threshold = new Threshold(doors, limits, new Guests(limits.perTenant()), threads);
    }

    @Override
    public Set<String> alpn() {
        return ALPN;
    }

    @Override
    public boolean beginsWith(byte first) {
        return first == CONNECT;
    }

    @Override
    public String subprotocol() {
        return SUBPROTOCOL;
    }

    @Override
    public void serve(ChannelPipeline pipeline, TlsPeer peer, Carrier carrier) {
        PacketGate gate = new PacketGate(limits);
        pipeline.addLast(gate, new MqttDecoder(limits.packet() + FIXED_HEADER), MqttEncoder.INSTANCE);
        pipeline.addLast(new Session(threshold, gate, pipeline.channel(), channel(carrier), peer));
    }

    private static MqttConnect.Channel channel(Carrier carrier) {
        return switch (carrier) {
            case TLS -> MqttConnect.Channel.MQTT;
            case WEBSOCKET -> MqttConnect.Channel.MQTT_OVER_WEBSOCKET;
        };
    }
}
