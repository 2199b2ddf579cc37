package io.muster.outlets.http;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.muster.outlets.credential.ServerIdentity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A server on loopback with a certificate of an authority of its own.
public final class TlsServer implements AutoCloseable {

    private final ServerIdentity identity;
    private final HttpHandler handler;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final int port;
    private HttpsServer server;

    private TlsServer(ServerIdentity identity, HttpHandler handler) throws Exception {
        this.identity = identity;
        this.handler = handler;
        this.server = serving(0);
        this.port = server.getAddress().getPort();
    }

    /// @param name that stands in its certificate
    public static TlsServer named(String name, HttpHandler handler) throws Exception {
        return new TlsServer(ServerIdentity.named(name), handler);
    }

    private HttpsServer serving(int at) throws IOException, GeneralSecurityException {
        HttpsServer opened = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
        opened.setHttpsConfigurator(new HttpsConfigurator(context()));
        opened.setExecutor(threads);
        opened.createContext("/", handler);
        opened.start();
        return opened;
    }

    private SSLContext context() throws IOException, GeneralSecurityException {
        Certificate own = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(identity.issued().der()));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", identity.issued().keys().getPrivate(), new char[0], new Certificate[] {own});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    public URI url(String path) {
        return at("localhost", path);
    }

    public URI at(String host, String path) {
        return URI.create("https://" + host + ":" + port + path);
    }

    /// Its authority in a PEM file of that folder.
    public Path anchor(Path folder) throws IOException {
        return Files.writeString(folder.resolve("anchor.pem"), identity.authority());
    }

    public void stop() {
        server.stop(0);
    }

    /// Serves again after [#stop].
    public void startAgain() throws IOException, GeneralSecurityException {
        server = serving(port);
    }

    @Override
    public void close() {
        stop();
        threads.shutdownNow();
    }
}
