package io.muster.server.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.fleet.device.Device;
import io.muster.fleet.device.SasToken;
import io.muster.fleet.device.SymmetricDevice;
import io.muster.fleet.device.TokenDevice;
import io.muster.fleet.device.UnprovenDevice;
import io.muster.fleet.device.X509Device;
import io.muster.fleet.dps.Ending;
import io.muster.fleet.dps.Target;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A device without an SDK: it knows JSON and HTTPS, and no more.
final class NativeKnock {

    private static final String SCHEME = "SharedAccessSignature ";
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private NativeKnock() {}

    static Ending knock(Target target, Device device) {
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context(target, device))
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(target.base().resolve("/enroll"))
                    .timeout(LONGEST)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body(target, device)))
                    .build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return ending(answer.statusCode(), new ObjectMapper().readTree(answer.body()));
        } catch (IOException | GeneralSecurityException e) {
            return new Ending.Lost(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Ending.Lost("interrupted");
        }
    }

    private static String body(Target target, Device device) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("tenant", target.idScope()).put("registrationId", device.registrationId());
        switch (device) {
            case SymmetricDevice owner ->
                body.put(
                        "sharedAccessSignature",
                        owner.token(
                                        SasToken.Dialect.JAVA,
                                        target.idScope(),
                                        Instant.now().plusSeconds(600))
                                .substring(SCHEME.length()));
            case X509Device ignored -> {}
            case TokenDevice ignored -> {}
            case UnprovenDevice ignored -> {}
        }
        return body.toString();
    }

    private static Ending ending(int status, JsonNode answer) {
        if (status != 200) {
            return new Ending.Refused(
                    status, answer.path("code").asText(), answer.path("title").asText());
        }
        String device = answer.path("deviceId").asText();
        String hub = URI.create(answer.at("/assignment/endpoint").asText()).getHost();
        return answer.path("change").asText().equals("initial")
                ? new Ending.Enrolled(device, hub)
                : new Ending.Reenrolled(device, hub);
    }

    private static SSLContext context(Target target, Device device) throws GeneralSecurityException, IOException {
        CertificateFactory certificates = CertificateFactory.getInstance("X.509");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, new char[0]);
        store.setCertificateEntry("server", certificates.generateCertificate(bytes(target.trustAnchorPem())));
        if (device instanceof X509Device owner) {
            Certificate[] chain =
                    certificates.generateCertificates(bytes(owner.chainPem())).toArray(Certificate[]::new);
            store.setKeyEntry("device", key(owner.privateKeyPem()), new char[0], chain);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static PrivateKey key(String pem) throws GeneralSecurityException {
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }
}
