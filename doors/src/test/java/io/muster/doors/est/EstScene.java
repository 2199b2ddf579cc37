package io.muster.doors.est;

import io.muster.core.device.Bytes;
import io.muster.core.device.KeyAlgorithm;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Issued;
import io.muster.core.door.Offer;
import io.muster.core.door.Outcome;
import io.muster.doors.listener.Listener;
import io.muster.doors.listener.ServerIdentity;
import io.muster.doors.listener.ServerTls;
import io.muster.doors.listener.SizeLimits;
import io.muster.doors.listener.TimeLimits;
import io.muster.doors.listener.Transport;
import io.muster.doors.testkit.Caller;
import io.muster.doors.testkit.ObedientReception;
import io.muster.doors.testkit.TestPki;
import io.muster.x509.testkit.RequestSpec;
import io.muster.x509.testkit.TestAuthority;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSSignedData;

/// An EST door behind a real listener, with a reception that grants everything.
final class EstScene implements AutoCloseable {

    static final TestAuthority ROOT = TestAuthority.root("Root");
    static final TestAuthority ISSUING = ROOT.intermediate("Issuing");
    static final Bytes LEAF = ISSUING.device("gate-1").certificate();
    static final Instant RENEW = Instant.parse("2026-12-01T08:09:10.5Z");
    static final Issued ISSUED =
            new Issued(LEAF, List.of(ISSUING.certificate(), ROOT.certificate()), RENEW, Optional.empty());
    static final String REQUEST = line(RequestSpec.of("gate-1").der());
    static final String BASIC = "Authorization: Basic " + line("gate-1:s3cr3t".getBytes(StandardCharsets.UTF_8));
    static final String PKCS10 = "Content-Type: application/pkcs10";

    final ObedientReception reception = new ObedientReception();
    private final Transport transport = Transport.open();
    final X509Certificate server;
    private final ServerTls tls;
    private final Listener listener;

    EstScene() throws Exception {
        ServerIdentity identity = TestPki.server("muster");
        server = identity.chain().getFirst();
        tls = new ServerTls(identity);
        listener = Listener.open(
                transport,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                tls,
                List.of(new EstDoor(reception)),
                SizeLimits.usual(),
                TimeLimits.usual());
        reception.answer(EstScene::certify);
        reception.offer(new Offer.Open(
                List.of(ISSUING.certificate(), ROOT.certificate()),
                Set.of(KeyAlgorithm.P256, KeyAlgorithm.P384, KeyAlgorithm.RSA)));
    }

    static Outcome certify(EnrollmentRequest request) {
        return ObedientReception.certified(request, Optional.empty(), ISSUED);
    }

    int port() {
        return listener.address().getPort();
    }

    Caller caller() throws Exception {
        return Caller.anonymous(listener.address(), "TLSv1.3");
    }

    Caller caller(String protocol) throws Exception {
        return Caller.anonymous(listener.address(), protocol);
    }

    Caller caller(KeyPair keys, byte[]... chain) throws Exception {
        List<X509Certificate> certificates = new ArrayList<>();
        for (byte[] der : chain) {
            certificates.add((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)));
        }
        return Caller.with(new TestPki.Holder(keys, certificates), listener.address(), "TLSv1.3");
    }

    /// One request on a connection of its own.
    Caller.Answer call(String request) throws Exception {
        try (Caller caller = caller()) {
            return caller.exchange(request);
        }
    }

    static String get(String path, String... fields) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + lines(fields) + "\r\n";
    }

    static String post(String path, String body, String... fields) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + lines(fields) + "Content-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    private static String lines(String... fields) {
        StringBuilder lines = new StringBuilder();
        for (String field : fields) {
            lines.append(field).append("\r\n");
        }
        return lines.toString();
    }

    static String line(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    static String columns(String base64, String end) {
        return Base64.getMimeEncoder(64, end.getBytes(StandardCharsets.US_ASCII))
                .encodeToString(Base64.getDecoder().decode(base64));
    }

    /// The certificates of a body, in their order.
    static List<Bytes> certificates(String body) throws Exception {
        byte[] der = Base64.getMimeDecoder().decode(body);
        List<Bytes> certificates = new ArrayList<>();
        for (X509CertificateHolder holder :
                new CMSSignedData(der).getCertificates().getMatches(null)) {
            certificates.add(Bytes.of(holder.getEncoded()));
        }
        return certificates;
    }

    @Override
    public void close() {
        listener.close(Duration.ofSeconds(2));
        tls.close();
        transport.close();
    }
}
