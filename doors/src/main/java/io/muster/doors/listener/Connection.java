package io.muster.doors.listener;

import io.muster.core.device.Bytes;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/// What lies under a conversation: the TLS end, where there is one, and the decoder of one connection.
record Connection(Optional<SslHandler> tls, StrictHttpDecoder decoder) {

    /// Whether anybody on the way can read along.
    boolean plain() {
        return tls.isEmpty();
    }

    /// What both sides agreed to speak, by ALPN.
    Optional<String> agreedProtocol() {
        return tls.map(SslHandler::applicationProtocol);
    }

    /// Reads, once the handshake is over, what the connection tells of the caller.
    TlsPeer peer(ChannelHandlerContext ctx) {
        InetSocketAddress address = (InetSocketAddress) ctx.channel().remoteAddress();
        return tls.map(end -> peer(address, end.engine().getSession()))
                .orElseGet(() -> new TlsPeer(address, List.of(), Optional.empty()));
    }

    private static TlsPeer peer(InetSocketAddress address, SSLSession session) {
        // BoringSSL keeps nothing to resume; the JDK does unless told.
        session.invalidate();
        return new TlsPeer(address, chain(session), serverName(session));
    }

    private static List<Bytes> chain(SSLSession session) {
        try {
            Certificate[] presented = session.getPeerCertificates();
            List<Bytes> chain = new ArrayList<>(presented.length);
            for (Certificate certificate : presented) {
                chain.add(Bytes.of(certificate.getEncoded()));
            }
            return chain;
        } catch (SSLPeerUnverifiedException _) {
            return List.of();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that came as bytes has none.", e);
        }
    }

    private static Optional<String> serverName(SSLSession session) {
        if (session instanceof ExtendedSSLSession extended) {
            return extended.getRequestedServerNames().stream()
                    .findFirst()
                    .map(name -> new String(name.getEncoded(), StandardCharsets.US_ASCII));
        }
        return Optional.empty();
    }

    /// Ends our direction only. Closing at once, with input unread, would make the kernel reset the connection and
    /// the caller lose the answer.
    void endOutput(ChannelHandlerContext ctx) {
        tls.map(SslHandler::closeOutbound).orElseGet(ctx::newSucceededFuture).addListener(_ -> shutDown(ctx.channel()));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // whatever becomes of it, the linger ends the connection
    private static void shutDown(Channel channel) {
        if (channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }
}
