package io.muster.doors.listener;

import io.netty.channel.ChannelPipeline;
import java.util.Set;

/// What may be spoken on a connection besides HTTP. Between this wall and the next one only: doors see nothing of it.
public interface Protocol {

    /// The names by which a caller asks for it in the TLS handshake (RFC 7301).
    Set<String> alpn();

    /// Whether the first byte that a caller sends means it. No method of HTTP may begin so.
    boolean beginsWith(byte first);

    /// The subprotocol by which a caller asks for it in a WebSocket (RFC 6455 section 1.9).
    String subprotocol();

    /// Takes over a connection: adds its handlers at the end of the pipeline. They read and write bytes, see
    /// [Drain] as an event, and end the connection by closing it, which lets the caller read what was written.
    void serve(ChannelPipeline pipeline, TlsPeer peer, Carrier carrier);

    /// What carries the bytes.
    enum Carrier {
        TLS,
        WEBSOCKET
    }
}
