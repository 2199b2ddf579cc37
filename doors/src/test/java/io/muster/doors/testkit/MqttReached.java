package io.muster.doors.testkit;

import io.muster.doors.listener.Listener;
import io.muster.doors.listener.Protocol;
import io.muster.doors.listener.ServerTls;
import io.muster.doors.listener.SizeLimits;
import io.muster.doors.listener.Spoken;
import io.muster.doors.listener.TimeLimits;
import io.muster.doors.listener.TlsWatch;
import io.muster.doors.listener.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/// A protocol behind a real listener, on a port of its own or beside HTTP.
public final class MqttReached implements AutoCloseable {

    private final Transport transport;
    private final ServerTls tls;
    private final Listener listener;

    private MqttReached(Protocol protocol, Spoken spoken) throws IOException {
        transport = Transport.open();
        tls = new ServerTls(
                TestPki.server("muster"),
                TlsWatch.NOBODY,
                protocol.alpn().stream().toList());
        listener = Listener.open(
                transport,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                tls,
                spoken,
                SizeLimits.usual(),
                TimeLimits.usual());
    }

    public static MqttReached alone(Protocol protocol) throws IOException {
        return new MqttReached(protocol, new Spoken.Only(protocol));
    }

    /// On a port of HTTP that serves nothing.
    public static MqttReached besideHttp(Protocol protocol) throws IOException {
        return new MqttReached(protocol, new Spoken.Http(List.of(), List.of(protocol)));
    }

    public InetSocketAddress address() {
        return listener.address();
    }

    public int connections() {
        return listener.connections();
    }

    /// A device without a certificate.
    public MqttCaller caller() throws Exception {
        return MqttCaller.anonymous(listener.address());
    }

    /// Stops the listener as a server that goes home does.
    public void stop(Duration patience) {
        listener.close(patience);
    }

    @Override
    public void close() {
        listener.close(Duration.ofSeconds(2));
        tls.close();
        transport.close();
    }
}
