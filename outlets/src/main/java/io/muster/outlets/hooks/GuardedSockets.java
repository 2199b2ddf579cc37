package io.muster.outlets.hooks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.function.Predicate;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Sockets that look at the very address that they connect to, before a packet leaves: a name that leads elsewhere the
/// second time (DNS rebinding) leads nowhere.
final class GuardedSockets extends SSLSocketFactory {

    private final SSLSocketFactory tls;
    private final Predicate<InetAddress> allowed;

    GuardedSockets(SSLSocketFactory tls, Predicate<InetAddress> allowed) {
        this.tls = tls;
        this.allowed = allowed;
    }

    /// The address is not one to which hooks are called.
    static final class Forbidden extends IOException {
        private static final long serialVersionUID = 1L;

        Forbidden() {
            super("the address is not public");
        }
    }

    @Override
    public Socket createSocket() {
        return new Guarded(allowed);
    }

    /// TLS over a socket that was connected here; the certificate must be for the name in the URL.
    @Override
    public Socket createSocket(Socket connected, String host, int port, boolean autoClose) throws IOException {
        if (!(connected instanceof Guarded)) {
            throw new Forbidden();
        }
        SSLSocket socket = (SSLSocket) tls.createSocket(connected, host, port, autoClose);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        socket.setSSLParameters(parameters);
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return tls.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return tls.getSupportedCipherSuites();
    }

    private Socket connected(InetSocketAddress place) throws IOException {
        Socket plain = createSocket();
        plain.connect(place);
        return createSocket(plain, place.getHostString(), place.getPort(), true);
    }

    private static final class Guarded extends Socket {

        private final Predicate<InetAddress> allowed;

        private Guarded(Predicate<InetAddress> allowed) {
            this.allowed = allowed;
        }

        @Override
        public void connect(SocketAddress place) throws IOException {
            connect(place, 0);
        }

        @Override
        public void connect(SocketAddress place, int timeout) throws IOException {
            InetSocketAddress address = (InetSocketAddress) place;
            if (!address.isUnresolved() && !allowed.test(address.getAddress())) {
                close();
                throw new Forbidden();
            }
            super.connect(place, timeout);
        }
    }
}
