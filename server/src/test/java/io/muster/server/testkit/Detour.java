package io.muster.server.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// Leads clients that know nothing but a host name to a port on this machine, as port 443 of that host would:
/// whoever in this JVM connects to the host goes through a proxy (RFC 9110 section 9.3.6) that ends there.
final class Detour implements AutoCloseable {

    private final ServerSocket proxy;
    private final int port;
    private final ProxySelector before;

    private Detour(ServerSocket proxy, int port, ProxySelector before) {
        this.proxy = proxy;
        this.port = port;
        this.before = before;
    }

    static Detour from(String host, int port) throws IOException {
        ServerSocket proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Detour detour = new Detour(proxy, port, Objects.requireNonNull(ProxySelector.getDefault()));
        ProxySelector.setDefault(detour.selector(host));
        Thread.startVirtualThread(detour::accept);
        return detour;
    }

    private ProxySelector selector(String host) {
        Proxy here = new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.getInetAddress(), proxy.getLocalPort()));
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return host.equals(uri.getHost()) ? List.of(here) : before.select(uri);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                before.connectFailed(uri, address, failure);
            }
        };
    }

    private void accept() {
        while (!proxy.isClosed()) {
            try {
                Socket client = proxy.accept();
                Thread.startVirtualThread(() -> lead(client));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void lead(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            readHead(client.getInputStream());
            client.getOutputStream().write("HTTP/1.1 200 Established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Thread.startVirtualThread(() -> pour(server, client));
            pour(client, server);
        } catch (IOException _) {
            // The client sees its connection end.
        }
    }

    private static void readHead(InputStream in) throws IOException {
        int line = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                if (line == 0) {
                    return;
                }
                line = 0;
            } else if (next != '\r') {
                line++;
            }
        }
        throw new IOException("the client left before it said where it wants to go");
    }

    private static void pour(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException _) {
            // One side ended: the other one is closed by who opened it.
        }
    }

    @Override
    public void close() throws IOException {
        ProxySelector.setDefault(before);
        proxy.close();
    }
}
