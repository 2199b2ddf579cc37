package io.muster.doors.testkit;

import io.muster.doors.testkit.TestPki.Holder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// A raw connection, with TLS or without, that sends whatever bytes a test wants and reads answers by hand.
public final class Caller implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    /// An answer as it came.
    public record Answer(int status, Map<String, String> fields, String body) {
        /// A field by its name in lower case.
        public String field(String name) {
            return fields.getOrDefault(name, "");
        }
    }

    private final Socket socket;

    private Caller(Socket socket) {
        this.socket = socket;
    }

    /// Calls without a certificate.
    public static Caller anonymous(InetSocketAddress address, String protocol) throws Exception {
        return connect(address, protocol, new KeyManager[0], Optional.empty());
    }

    /// Calls without a certificate and asks for a server name (SNI).
    public static Caller anonymous(InetSocketAddress address, String protocol, String serverName) throws Exception {
        return connect(address, protocol, new KeyManager[0], Optional.of(serverName));
    }

    /// Calls without TLS.
    public static Caller plain(InetSocketAddress address) throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new Caller(socket);
    }

    /// Calls with a certificate.
    public static Caller with(Holder holder, InetSocketAddress address, String protocol) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(TestPki.keyStore(holder), "test".toCharArray());
        return connect(address, protocol, keys.getKeyManagers(), Optional.empty());
    }

    private static Caller connect(InetSocketAddress address, String protocol, KeyManager[] keys, Optional<String> name)
            throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {new TrustsAnyServer()}, new SecureRandom());
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(address.getAddress(), address.getPort());
        socket.setEnabledProtocols(new String[] {protocol});
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(
                name.<SNIServerName>map(SNIHostName::new).stream().toList());
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.startHandshake();
        return new Caller(socket);
    }

    public SSLSession session() {
        return tls().getSession();
    }

    /// Asks for another handshake on the same connection.
    public void handshakeAgain() throws IOException {
        tls().startHandshake();
    }

    private SSLSocket tls() {
        return (SSLSocket) socket;
    }

    /// Sends text as it is, one byte a character.
    public Caller send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /// Sends a request and reads its answer.
    public Answer exchange(String text) throws IOException {
        return send(text).read();
    }

    /// Reads one answer; fails when the server closes before it is complete.
    public Answer read() throws IOException {
        Answer head = readHead();
        int length = Integer.parseInt(head.fields().getOrDefault("content-length", "0"));
        String body = new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
        return new Answer(head.status(), head.fields(), body);
    }

    /// Reads the head of an answer only.
    public Answer readHead() throws IOException {
        List<String> lines = readLines();
        int status = Integer.parseInt(lines.getFirst().split(" ", 3)[1]);
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            fields.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Answer(status, fields, "");
    }

    /// Reads the head of an answer, line by line as it came.
    public List<String> readLines() throws IOException {
        InputStream in = socket.getInputStream();
        List<String> lines = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            lines.add(line);
        }
        return lines;
    }

    /// Whether the server has ended the connection: waits for its end of stream.
    public boolean closedByServer() {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return !(e instanceof SocketTimeoutException);
        }
    }

    /// All that the server sends until it ends the connection, one character a byte.
    public String afterwards() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /// A client's trust that asks no questions.
    public static X509TrustManager trustsAnyServer() {
        return new TrustsAnyServer();
    }

    /// The server's certificate.
    public X509Certificate server() throws Exception {
        return (X509Certificate)
                Arrays.stream(session().getPeerCertificates()).findFirst().orElseThrow();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("The server closed in the middle of an answer.");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /// The tests look at the certificate themselves.
    private static final class TrustsAnyServer implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
