package io.muster.cli.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// One connection to a server, step by step, to see which step fails. Nothing is sent over it.
public final class Handshake {

    private static final int PATIENCE = (int) Duration.ofSeconds(5).toMillis();
    private static final int STANDARD_PORT = 443;

    private Handshake() {}

    /// What came of it: the first step that failed, or the certificate.
    public sealed interface Outcome {
        record Unresolved(String host) implements Outcome {}

        record Unreachable(String address, String why) implements Outcome {}

        record NoAnchor(Path file, String why) implements Outcome {}

        record Untrusted(String why) implements Outcome {}

        record OtherName(String host, String why) implements Outcome {}

        record Sound(X509Certificate certificate) implements Outcome {}
    }

    public static Outcome with(URI url, Optional<Path> anchor) {
        String host = url.getHost();
        int port = url.getPort() < 0 ? STANDARD_PORT : url.getPort();
        SSLContext trust;
        try {
            trust = anchor.isPresent() ? Trust.in(anchor.get()) : SSLContext.getDefault();
        } catch (IOException | GeneralSecurityException e) {
            return new Outcome.NoAnchor(anchor.orElseGet(() -> Path.of("")), String.valueOf(e.getMessage()));
        }
        try {
            InetAddress address = InetAddress.getByName(host);
            return shaken(trust, new InetSocketAddress(address, port), host);
        } catch (UnknownHostException _) {
            return new Outcome.Unresolved(host);
        }
    }

    /// The chain first, the name after, so that a wrong name is not told as a wrong anchor.
    private static Outcome shaken(SSLContext trust, InetSocketAddress address, String host) {
        try {
            X509Certificate shown = shake(trust, address, host, false);
            try {
                shake(trust, address, host, true);
                return new Outcome.Sound(shown);
            } catch (SSLException e) {
                return new Outcome.OtherName(host, String.valueOf(e.getMessage()));
            }
        } catch (SSLException e) {
            return new Outcome.Untrusted(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Outcome.Unreachable(
                    address.getHostString() + ":" + address.getPort(), String.valueOf(e.getMessage()));
        }
    }

    private static X509Certificate shake(SSLContext trust, InetSocketAddress address, String host, boolean named)
            throws IOException {
        try (Socket plain = new Socket()) {
            plain.connect(address, PATIENCE);
            plain.setSoTimeout(PATIENCE);
            try (SSLSocket socket =
                    (SSLSocket) trust.getSocketFactory().createSocket(plain, host, address.getPort(), true)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm(named ? "HTTPS" : "");
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                return (X509Certificate) socket.getSession().getPeerCertificates()[0];
            }
        }
    }
}
