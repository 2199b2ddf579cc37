package io.muster.server.tpm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.attestors.tpm.testkit.Board;
import io.muster.core.device.Bytes;
import io.muster.core.door.Challenge;
import io.muster.core.door.Evidence.TpmCertifiedKey;
import io.muster.core.door.Evidence.TpmChip;
import io.muster.fleet.dps.Target;
import io.muster.x509.testkit.RequestSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A board with a TPM of software, and what it says over HTTPS.
final class BoardOnWire implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Target target;
    private final HttpClient client;
    private final ObjectMapper json = new ObjectMapper();

    BoardOnWire(Target target) throws IOException, GeneralSecurityException {
        this.target = target;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusting(target.trustAnchorPem()))
                .build();
    }

    /// @param text the whole body, for what must not be in it
    record Answer(int status, JsonNode body, String text) {}

    /// The native door's first request: the keys, and the certificate where the chip has one.
    static ObjectNode asks(Target target, String name, Board board) {
        TpmChip chip = board.attesting();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("tenant", target.idScope()).put("registrationId", name);
        ObjectNode tpm = body.putObject("tpm")
                .put("endorsementKey", base64(chip.endorsementKey()))
                .put("attestationKey", base64(chip.protectedKey()));
        chip.certificate().ifPresent(der -> tpm.put("endorsementCertificate", base64(der)));
        return body;
    }

    /// The second one: the same, with what the chip gives out for the challenge.
    static ObjectNode answers(ObjectNode first, JsonNode challenged, Board board) {
        JsonNode it = challenged.path("challenge");
        Challenge challenge = new Challenge.Activate(
                bytes(it.path("credentialBlob")), bytes(it.path("encryptedSecret")), bytes(it.path("nonce")));
        ObjectNode second = first.deepCopy()
                .put("continuation", challenged.path("continuation").asText());
        second.putObject("answer")
                .put("secret", base64(board.activate(challenge).orElseThrow()));
        return second;
    }

    /// The second one for a certificate on the board's own key; the attestation key says that it lives in the chip.
    static ObjectNode asksForCertificate(ObjectNode first, JsonNode challenged, Board board)
            throws GeneralSecurityException {
        ObjectNode second = answers(first, challenged, board).put("csr", csr(first, board));
        Bytes nonce = bytes(challenged.path("challenge").path("nonce"));
        TpmCertifiedKey certified = board.certify(board.operational(), nonce);
        second.withObject("/answer")
                .putObject("certifiedKey")
                .put("publicArea", base64(certified.publicArea()))
                .put("attestation", base64(certified.attestation()))
                .put("signature", base64(certified.signature()));
        return second;
    }

    static String csr(ObjectNode first, Board board) {
        byte[] der = RequestSpec.of(
                        first.path("registrationId").asText(),
                        board.operational().keys())
                .der();
        return base64(Bytes.of(der));
    }

    Answer posts(ObjectNode body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(target.base().resolve("/enroll"))
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    /// Both requests of the native door; the first answer where that is the end.
    Answer enrolls(String name, Board board) throws IOException, InterruptedException {
        ObjectNode first = asks(target, name, board);
        Answer challenged = posts(first);
        return challenged.body().path("status").asText().equals("challenge")
                ? posts(answers(first, challenged.body(), board))
                : challenged;
    }

    /// The DPS door's first request.
    Answer registersAtDps(String name, Board board) throws IOException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("registrationId", name);
        body.putObject("tpm")
                .put("endorsementKey", base64(board.storing().endorsementKey()))
                .put("storageRootKey", base64(board.storing().protectedKey()));
        String path = "/" + target.idScope() + "/registrations/" + name + "/register?api-version=2019-03-31";
        return send(HttpRequest.newBuilder(target.base().resolve(path))
                .PUT(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                request.timeout(LONGEST)
                        .header("Content-Type", "application/json")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), json.readTree(answer.body()), answer.body());
    }

    private static String base64(Bytes octets) {
        return Base64.getEncoder().encodeToString(octets.toArray());
    }

    private static Bytes bytes(JsonNode base64) {
        return Bytes.of(Base64.getDecoder().decode(base64.asText()));
    }

    private static SSLContext trusting(String pem) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, new char[0]);
        store.setCertificateEntry(
                "server",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Override
    public void close() {
        client.close();
    }
}
