package io.muster.doors.testkit;

import io.muster.doors.listener.HttpDoor;
import io.muster.doors.listener.Listener;
import io.muster.doors.listener.ServerTls;
import io.muster.doors.listener.SizeLimits;
import io.muster.doors.listener.TimeLimits;
import io.muster.doors.listener.Transport;
import io.muster.doors.testkit.TestPki.Holder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/// A door behind a real listener.
public final class Reached implements AutoCloseable {

    private static final String PROTOCOL = "TLSv1.3";

    private final Transport transport;
    private final ServerTls tls;
    private final Listener listener;

    private Reached(HttpDoor door) throws IOException {
        transport = Transport.open();
        tls = new ServerTls(TestPki.server("muster"));
        listener = Listener.open(
                transport,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                tls,
                List.of(door),
                SizeLimits.usual(),
                TimeLimits.usual());
    }

    public static Reached by(HttpDoor door) throws IOException {
        return new Reached(door);
    }

    /// One request in JSON, on a connection of its own.
    public Caller.Answer call(String method, String target, String body, String... fields) throws Exception {
        try (Caller caller = Caller.anonymous(listener.address(), PROTOCOL)) {
            return caller.exchange(request(method, target, body, fields));
        }
    }

    /// The same with a certificate.
    public Caller.Answer call(Holder holder, String method, String target, String body) throws Exception {
        try (Caller caller = Caller.with(holder, listener.address(), PROTOCOL)) {
            return caller.exchange(request(method, target, body));
        }
    }

    /// A connection for many requests.
    public Caller caller() throws Exception {
        return Caller.anonymous(listener.address(), PROTOCOL);
    }

    /// @param body ASCII
    public static String request(String method, String target, String body, String... fields) {
        StringBuilder lines = new StringBuilder();
        for (String field : fields) {
            lines.append(field).append("\r\n");
        }
        return method + " " + target + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + lines
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    @Override
    public void close() {
        listener.close(Duration.ofSeconds(2));
        tls.close();
        transport.close();
    }
}
