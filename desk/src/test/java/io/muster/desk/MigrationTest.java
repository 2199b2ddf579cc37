package io.muster.desk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.connectivity.Allocation;
import io.muster.core.device.Name;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Treatment;
import io.muster.desk.testkit.OpenDesk;
import io.muster.desk.testkit.Operator;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What other platforms print, typed from their documentation.
final class MigrationTest {

    private static final Name ACME = new Name("acme");
    private static final String IMPORTS = "/api/v1/tenants/acme/imports";

    private final OpenDesk desk = new OpenDesk();
    private final Operator operator = desk.operator();

    @BeforeEach
    void furnish() {
        operator.post("/api/v1/tenants", "{\"name\":\"acme\"}");
        operator.post(
                "/api/v1/tenants/acme/hubs",
                "{\"name\":\"eu-1\",\"region\":\"eu\",\"endpoint\":\"mqtts://eu-1.example.com\"}");
    }

    @AfterEach
    void close() {
        operator.close();
        desk.close();
    }

    @Test
    void enrollments_of_azure_keep_their_meaning_and_what_is_not_taken_over_is_told()
            throws IOException, GeneralSecurityException {
        RSAPublicKey chip = chip();
        String file = text("azure-enrollments.json").replace("TPM2B_PUBLIC", tpmPublic(chip));
        JsonObject done = imported("azure-dps", file);

        assertThat(done.getString("state")).as(done.encode()).isEqualTo("done");
        assertThat(done.getJsonObject("items").getMap())
                .containsEntry("added", 3)
                .containsEntry("bad", 0)
                .containsEntry("notes", 4);
        assertThat(notes(done))
                .containsExactlyInAnyOrder("/initialTwin", "/deviceId", "/allocationPolicy", "/capabilities");
        Enrollment pump = individual("Pump.01");
        assertThat(pump.enabled()).isFalse();
        assertThat(pump.treatment().deviceId().text()).isEqualTo("site-9-{registrationId}");
        assertThat(pump.treatment().allocation()).isEqualTo(new Allocation.Static(new Name("eu-1")));
        assertThat(pump.treatment().reprovision()).isEqualTo(Treatment.Reprovision.RESET);
        assertThat(pump.proof()).isInstanceOfSatisfying(Proof.SymmetricKeys.class, keys -> assertThat(
                        keys.secondary().reveal())
                .containsOnly(1));
        assertThat(individual("lab-1").proof()).isInstanceOf(Proof.Pinned.class);
        assertThat(individual("board-1").treatment().reprovision()).isEqualTo(Treatment.Reprovision.KEEP);
        assertThat(individual("board-1").proof()).isInstanceOfSatisfying(Proof.TpmPinned.class, pinned -> assertThat(
                        pinned.endorsementKey().toArray())
                .isEqualTo(chip.getEncoded()));

        JsonObject again = imported("azure-dps", file);
        assertThat(again.getJsonObject("items").getMap())
                .containsEntry("same", 3)
                .containsEntry("added", 0);
    }

    @Test
    void groups_of_azure_come_along_where_their_certificates_and_keys_do() throws IOException {
        JsonObject refused = imported("azure-dps", text("azure-groups.json"));
        assertThat(refused.getString("state")).isEqualTo("refused");
        assertThat(refused.getJsonObject("items").getInteger("bad")).isEqualTo(2);
        assertThat(refused.getJsonArray("findings").encode()).contains("--show-keys", "az iot dps certificate show");

        JsonObject done = imported("azure-dps&skipBad=true", text("azure-groups.json"));
        assertThat(done.getString("state")).isEqualTo("done");
        List<Enrollment> groups = desk.roster().enrollments(ACME, Optional.empty(), 10);
        assertThat(groups).hasSize(1);
        assertThat(groups.getFirst().individual()).isEmpty();
        assertThat(groups.getFirst().name().value()).startsWith("plant-north-");
        assertThat(groups.getFirst().proof()).isInstanceOf(Proof.Authorities.class);
        assertThat(imported("azure-dps&skipBad=true", text("azure-groups.json"))
                        .getJsonObject("items")
                        .getInteger("same"))
                .isEqualTo(1);
    }

    @Test
    void keys_that_a_list_does_not_print_are_asked_for_and_one_enrollment_may_stand_alone() {
        JsonObject refused = imported("azure-dps", """
                [{"registrationId":"a-1","attestation":{"type":"symmetricKey","symmetricKey":{"primaryKey":null}}}]
                {"registrationId":"a-2","attestation":{"type":"x509","x509":{"clientCertificates":{"primary":{"info":{"version":3}}}}}}
                {"name":"stranger"}
                {"registrationId":"a-3","attestation":{"type":"none"}}
                """);
        assertThat(refused.getString("state")).isEqualTo("refused");
        assertThat(refused.getJsonObject("items").getInteger("bad")).isEqualTo(4);
        assertThat(refused.getJsonArray("findings").stream()
                        .map(finding -> ((JsonObject) finding).getLong("line"))
                        .toList())
                .containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void things_of_aws_are_pinned_to_their_certificates() throws IOException {
        JsonObject refused = imported("aws-iot", text("aws.json"));
        assertThat(refused.getString("state")).isEqualTo("refused");
        assertThat(refused.getJsonObject("items").getInteger("bad")).isEqualTo(1);

        JsonObject done = imported("aws-iot&skipBad=true", text("aws.json"));
        assertThat(done.getString("state")).as(done.encode()).isEqualTo("done");
        assertThat(done.getJsonObject("items").getInteger("added")).isEqualTo(3);
        assertThat(notes(done)).containsExactlyInAnyOrder("/attributes", "/thingTypeName", "/certificateDescription");
        assertThat(individual("Meter_1").treatment().type()).contains("meter");
        assertThat(individual("meter-2").proof())
                .isInstanceOfSatisfying(Proof.Pinned.class, pinned -> assertThat(pinned.secondary())
                        .isPresent());
        assertThat(individual("meter-3").enabled()).isFalse();
        assertThat(imported("aws-iot&skipBad=true", text("aws.json"))
                        .getJsonObject("items")
                        .getInteger("same"))
                .isEqualTo(3);
    }

    @Test
    void outputs_that_are_not_json_or_not_of_these_commands_are_refused() {
        for (String file : List.of(
                "",
                "{",
                "[1]",
                "{\"a\":1,\"a\":2}",
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
                "{\"principals\":[\"x\"]}",
                "{\"things\":[{\"thingName\":\"" + "x".repeat(200_000) + "\"}]}")) {
            assertThat(imported("aws-iot", file).getString("state")).as(file).isEqualTo("refused");
            assertThat(imported("azure-dps", file).getString("state")).as(file).isEqualTo("refused");
        }
        assertThat(desk.roster().enrollments(ACME, Optional.empty(), 10)).isEmpty();
    }

    private Enrollment individual(String registrationId) {
        return desk.roster().enrollments(ACME, Optional.empty(), 100).stream()
                .filter(one -> one.individual()
                        .filter(id -> id.display().equals(registrationId))
                        .isPresent())
                .findFirst()
                .orElseThrow();
    }

    private JsonObject imported(String format, String file) {
        Operator.Answer begun =
                operator.send(operator.request(IMPORTS + "?format=" + format).POST(BodyPublishers.ofString(file)));
        assertThat(begun.status()).as(begun.text()).isEqualTo(202);
        assertThat(desk.works()).isTrue();
        return operator.get(IMPORTS + "/" + begun.json().getString("id")).json();
    }

    private static Stream<String> notes(JsonObject work) {
        return work.getJsonArray("findings").stream()
                .map(JsonObject.class::cast)
                .filter(finding -> finding.getString("kind").equals("note"))
                .map(finding -> finding.getString("field"));
    }

    private static String text(String name) throws IOException {
        try (InputStream in = MigrationTest.class.getResourceAsStream("/imports/" + name)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static RSAPublicKey chip() throws GeneralSecurityException {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        return (RSAPublicKey) keys.generateKeyPair().getPublic();
    }

    /// As the template of TCG's EK Credential Profile, section B.3.3, has it.
    private static String tpmPublic(RSAPublicKey key) {
        byte[] modulus = key.getModulus().toByteArray();
        ByteBuffer area = ByteBuffer.allocate(314)
                .putShort((short) 0x0001)
                .putShort((short) 0x000b)
                .putInt(0x000300b2)
                .putShort((short) 32)
                .put(new byte[32])
                .putShort((short) 0x0006)
                .putShort((short) 128)
                .putShort((short) 0x0043)
                .putShort((short) 0x0010)
                .putShort((short) 2048)
                .putInt(0)
                .putShort((short) 256)
                .put(modulus, modulus.length - 256, 256);
        byte[] whole = ByteBuffer.allocate(316)
                .putShort((short) area.position())
                .put(area.array(), 0, area.position())
                .array();
        return Base64.getEncoder().encodeToString(whole);
    }
}
