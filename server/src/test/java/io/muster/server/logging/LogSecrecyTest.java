package io.muster.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.fleet.device.GroupKey;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.TokenDevice;
import io.muster.fleet.device.X509Device;
import io.muster.server.testkit.BundledDatabase;
import io.muster.server.testkit.ChildNode;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Door;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.Needles;
import io.muster.server.testkit.Operator;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// A node logs all it has to say, and names no device.
class LogSecrecyTest {

    private static final String PUMP = "Quicksilver-4711-Pump";
    private static final String METER = "Cinnabar-0815-Meter";
    private static final String LOST = "Orpiment-7007-Lost";
    private static final String TOKEN = "Realgar-1899-guessed-token-of-nobody";

    private final Maker maker = Maker.found("Sealed Works");
    private final X509Device pump = maker.make(PUMP);

    @Test
    void no_line_names_a_device_or_its_key_or_its_address() throws Exception {
        Path data = Ground.folder("logging").resolve("data");
        Path log;
        Needles secrets;
        try (ChildNode node = ChildNode.up(data, "log.format=json", "log.level=debug")) {
            secrets = live(node);
            log = node.log();
        }
        List<String> lines = Files.readAllLines(log);
        assertThat(lines).hasSizeGreaterThan(3);
        for (String line : lines) {
            JsonNode record = new ObjectMapper().readTree(line);
            assertThat(record.path("time").asText()).endsWith("Z");
            assertThat(record.path("level").asText()).isNotEmpty();
            assertThat(record.path("logger").asText()).isNotEmpty();
            assertThat(record.path("message").asText()).isNotEmpty();
        }
        assertThat(lines)
                .filteredOn(line -> line.contains("\"io.muster.core") || line.contains("\"io.muster.doors"))
                .isNotEmpty()
                .noneMatch(line -> line.contains("127.0.0.1"));
        assertThat(secrets.in(List.of(log))).isEmpty();
    }

    /// A device that comes while the database is down.
    private static boolean saysWhatFailed(ChildNode node, GroupKey meters) throws Exception {
        BundledDatabase.in(node.data()).process().destroyForcibly();
        Door.NATIVE.knock(node.target("acme"), meters.make(LOST));
        return Files.readString(node.log()).contains("\"attempt\":\"");
    }

    private Needles live(ChildNode node) throws Exception {
        Customer customer = Customer.create(new Operator(node.data()), "acme");
        customer.trusts("pumps", maker.rootPem());
        String key = customer.sharesKeyInBase64("meters");
        GroupKey meters = GroupKey.fromBase64(key);
        Door.DPS_HTTPS.knock(node.target("acme"), pump);
        Door.NATIVE.knock(node.target("acme"), meters.make(METER));
        Door.NATIVE.knock(
                node.target("acme"),
                GroupKey.fromBase64("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
                        .make(LOST));
        customer.types("why", METER);
        Door.NATIVE.knock(node.target("acme"), new TokenDevice(LOST, TOKEN));
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> saysWhatFailed(node, meters));
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pump.certificate()));
        return new Needles()
                .text(PUMP)
                .text(METER)
                .text(LOST)
                .text(TOKEN)
                .text(Files.readString(node.data().resolve("admin.token")).strip())
                .bytes("group key", Base64.getDecoder().decode(key))
                .bytes("serial number", certificate.getSerialNumber().toByteArray())
                .bytes("public key", certificate.getPublicKey().getEncoded())
                .bytes("fingerprint", MessageDigest.getInstance("SHA-256").digest(pump.certificate()))
                .bytes(
                        "server password",
                        Files.readString(node.data().resolve("postgres/password"))
                                .strip()
                                .getBytes(StandardCharsets.UTF_8));
    }
}
