package io.muster.doors.testkit;

import io.muster.core.device.Bytes;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/// A device that speaks MQTT by hand: it sends whatever bytes a test wants and reads packets one by one.
public final class MqttCaller implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    /// A packet as it came.
    ///
    /// @param type the upper four bits of its first byte
    /// @param flags the lower four
    public record Packet(int type, int flags, Bytes body) {

        public int number(int at) {
            return (octet(at) << 8) | octet(at + 1);
        }

        public int octet(int at) {
            return Byte.toUnsignedInt(body.view().get(at));
        }

        public int size() {
            return body.size();
        }

        /// The last octet: of a SUBACK, what became of the last filter.
        public int last() {
            return octet(size() - 1);
        }

        /// Of a PUBLISH.
        public String topic() {
            return new String(body.toArray(), 2, number(0), StandardCharsets.UTF_8);
        }

        public int qos() {
            return (flags >> 1) & 3;
        }

        /// The packet id of a PUBLISH with QoS 1.
        public int id() {
            return number(2 + number(0));
        }

        /// The payload of a PUBLISH without properties.
        public String payload(int level) {
            return new String(octets(level), StandardCharsets.UTF_8);
        }

        /// The same, where it is no text.
        public byte[] octets(int level) {
            int start = 2 + number(0) + (qos() > 0 ? 2 : 0) + (level == 5 ? 1 : 0);
            return Arrays.copyOfRange(body.toArray(), start, size());
        }

        @Override
        public String toString() {
            return type + "/" + flags + " " + body.hex();
        }
    }

    private final SSLSocket socket;
    private final DataInputStream in;

    private MqttCaller(SSLSocket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    public static MqttCaller anonymous(InetSocketAddress address, String... alpn) throws Exception {
        return connect(address, new KeyManager[0], alpn);
    }

    public static MqttCaller with(TestPki.Holder holder, InetSocketAddress address) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(TestPki.keyStore(holder), "test".toCharArray());
        return connect(address, keys.getKeyManagers());
    }

    private static MqttCaller connect(InetSocketAddress address, KeyManager[] keys, String... alpn) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {Caller.trustsAnyServer()}, new SecureRandom());
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(address.getAddress(), address.getPort());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(alpn);
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.startHandshake();
        return new MqttCaller(socket);
    }

    /// What both agreed to speak by ALPN; empty when nothing was said about it.
    public Optional<String> agreed() {
        return Optional.ofNullable(socket.getApplicationProtocol()).filter(name -> !name.isEmpty());
    }

    public MqttCaller send(byte[]... packets) throws IOException {
        socket.getOutputStream().write(Packets.join(packets));
        socket.getOutputStream().flush();
        return this;
    }

    public Packet read() throws IOException {
        int first = in.readUnsignedByte();
        int length = 0;
        int octet;
        int shift = 0;
        do {
            octet = in.readUnsignedByte();
            length |= (octet & 127) << shift;
            shift += 7;
        } while (octet > 127);
        return new Packet(first >> 4, first & 15, Bytes.of(in.readNBytes(length)));
    }

    /// Reads the packet that must come next.
    public Packet read(int type) throws IOException {
        Packet packet = read();
        if (packet.type() != type) {
            throw new AssertionError("not a packet of type " + type + ": " + packet);
        }
        return packet;
    }

    /// Sends a CONNECT that is accepted.
    public MqttCaller in(byte[] connect) throws IOException {
        Packet answer = send(connect).read(Packets.CONNACK);
        if (answer.octet(0) != 0 || answer.octet(1) != 0) {
            throw new AssertionError("not let in: " + answer);
        }
        return this;
    }

    /// What comes until the server ends the connection; empty when it says nothing more.
    public byte[] rest() throws IOException {
        try {
            return in.readAllBytes();
        } catch (SocketTimeoutException e) {
            throw new AssertionError("The server does not end the connection.", e);
        }
    }

    /// So many bytes, whatever they mean.
    public byte[] rest(int length) throws IOException {
        return in.readNBytes(length);
    }

    /// Whether the server ends the connection without a word.
    public boolean ended() throws IOException {
        return Arrays.equals(rest(), new byte[0]);
    }

    /// Ends the connection without a word.
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
