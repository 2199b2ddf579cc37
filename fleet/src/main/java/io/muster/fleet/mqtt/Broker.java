package io.muster.fleet.mqtt;

import io.muster.fleet.channel.Dialer;
import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.X509Device;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A broker as its devices see it: an address at which each opens sessions.
public final class Broker {

    private static final int LARGEST_PACKET = 64 * 1024;

    private final Dialer dialer;
    private final Patience patience;

    Broker(Dialer dialer, Patience patience) {
        this.dialer = dialer;
        this.patience = patience;
    }

    /// How long a device waits here.
    public Patience patience() {
        return patience;
    }

    /// Opens a session on a new connection. Time is allowed from its beginning: what the device asks first is answered
    /// within it, too.
    ///
    /// @param identity what the device shows in the handshake, where it has a certificate
    public MqttSession connect(Greeting greeting, Optional<X509Device> identity)
            throws MqttLost, MqttRefused, InterruptedException {
        Incoming incoming = new Incoming();
        ChannelFuture connecting =
                dialer.dial(identity, List.of(new MqttDecoder(LARGEST_PACKET), MqttEncoder.INSTANCE, incoming));
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                incoming.lost("no connection: " + describe(done.cause()));
            }
        });
        MqttSession session = new MqttSession(connecting.channel(), incoming, greeting.keepAlive());
        try {
            session.allow(patience.perRequest());
            session.greet(greeting);
            return session;
        } catch (MqttLost | MqttRefused | InterruptedException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static String describe(@Nullable Throwable cause) {
        return cause == null ? "unknown" : cause.getClass().getSimpleName();
    }
}
