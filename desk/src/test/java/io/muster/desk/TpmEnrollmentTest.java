package io.muster.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.IdentityKey;
import io.muster.core.device.Name;
import io.muster.core.roster.Anchor;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.desk.testkit.OpenDesk;
import io.muster.desk.testkit.Operator;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TpmEnrollmentTest {

    private static final String ENROLLMENTS = "/api/v1/tenants/acme/enrollments";
    private static final String ONE = "AB".repeat(32);
    private static final String OTHER = "cd".repeat(32);

    private static OpenDesk desk;
    private static Operator operator;

    @BeforeAll
    static void open() {
        desk = new OpenDesk();
        operator = desk.operator();
    }

    @BeforeEach
    void begin() {
        desk.roster().clear();
        operator.post("/api/v1/tenants", "{\"name\":\"acme\"}");
    }

    @AfterAll
    static void close() {
        operator.close();
        desk.close();
    }

    @Test
    void a_group_is_known_by_the_makers_of_its_chips() {
        var created = operator.post(ENROLLMENTS, boards(makers("CA one\nCA two")));
        assertThat(created.status()).isEqualTo(201);
        JsonObject tpm = created.json().getJsonObject("proof").getJsonObject("tpm");
        assertThat(tpm.getJsonArray("manufacturers").getJsonObject(1).getString("subject"))
                .isEqualTo("CN=two");
        assertThat(tpm.getInteger("allowedCount")).isZero();
        assertThat(stored("boards")).isInstanceOfSatisfying(Proof.TpmManufacturers.class, proof -> {
            assertThat(proof.anchors()).extracting(Anchor::subject).containsExactly("CN=one", "CN=two");
            assertThat(proof.revocations()).isEmpty();
            assertThat(proof.allowed()).isEmpty();
        });
    }

    @Test
    void a_list_of_keys_is_kept_once_each_in_lower_case_and_replaced_as_a_whole() {
        operator.post(ENROLLMENTS, boards(makers("CA one").put("allowed", new JsonArray(List.of(ONE, OTHER, OTHER)))));
        assertThat(((Proof.TpmManufacturers) stored("boards")).allowed())
                .containsExactlyInAnyOrder("ab".repeat(32), OTHER);
        JsonObject proof = new JsonObject().put("tpm", makers("CA two").put("allowed", new JsonArray(List.of(OTHER))));
        var changed = operator.patch(
                ENROLLMENTS + "/boards", new JsonObject().put("proof", proof).encode());
        assertThat(changed.json().getInteger("version")).isEqualTo(2);
        assertThat(changed.json().getJsonObject("proof").getJsonObject("tpm").getInteger("allowedCount"))
                .isEqualTo(1);
        assertThat(operator.get(ENROLLMENTS + "/boards").json()).isEqualTo(changed.json());
    }

    @Test
    void revocation_lists_stay_until_a_change_names_others_or_none() {
        var created = operator.post(ENROLLMENTS, boards(makers("CA one").put("revocations", "CRL a\nCRL b")));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(revocationCount(created.json())).isEqualTo(2);
        assertThat(revocations()).containsExactly("CRL a", "CRL b");

        change(makers("CA two"));
        assertThat(revocations()).containsExactly("CRL a", "CRL b");

        var changed = change(makers("CA two").put("revocations", "CRL c"));
        assertThat(revocationCount(changed)).isEqualTo(1);
        assertThat(revocations()).containsExactly("CRL c");

        assertThat(revocationCount(change(makers("CA two").put("revocations", ""))))
                .isZero();
        assertThat(revocations()).isEmpty();
        assertThat(revocationCount(operator.get(ENROLLMENTS + "/boards").json()))
                .isZero();
    }

    @Test
    void new_revocation_lists_come_alone_and_widen_nothing() {
        operator.post(
                ENROLLMENTS,
                boards(makers("CA one")
                        .put("allowed", new JsonArray(List.of(ONE)))
                        .put("revocations", "CRL a")));

        assertThat(change(new JsonObject().put("revocations", "CRL b")).getInteger("version"))
                .isEqualTo(2);

        assertThat(stored("boards")).isInstanceOfSatisfying(Proof.TpmManufacturers.class, proof -> {
            assertThat(proof.anchors()).extracting(Anchor::subject).containsExactly("CN=one");
            assertThat(proof.allowed()).containsExactly("ab".repeat(32));
        });
        assertThat(revocations()).containsExactly("CRL b");
        assertThat(revocationCount(change(new JsonObject().putNull("revocations"))))
                .isZero();
    }

    @Test
    void a_list_of_keys_stays_until_a_change_names_another_or_takes_it_away() {
        for (JsonObject none :
                List.of(new JsonObject().put("allowed", new JsonArray()), new JsonObject().putNull("allowed"))) {
            begin();
            operator.post(ENROLLMENTS, boards(makers("CA one").put("allowed", new JsonArray(List.of(ONE)))));

            assertThat(allowedCount(change(makers("CA two")))).isEqualTo(1);
            assertThat(allowedCount(change(new JsonObject().put("allowed", new JsonArray(List.of(ONE, OTHER))))))
                    .isEqualTo(2);
            assertThat(allowedCount(change(none))).isZero();

            assertThat(stored("boards")).isInstanceOfSatisfying(Proof.TpmManufacturers.class, proof -> {
                assertThat(proof.anchors()).extracting(Anchor::subject).containsExactly("CN=two");
                assertThat(proof.allowed()).isEmpty();
            });
        }
    }

    @Test
    void a_change_that_does_not_fit_the_present_proof_changes_nothing() throws GeneralSecurityException {
        operator.post(ENROLLMENTS, boards(makers("CA one").put("allowed", new JsonArray(List.of(ONE)))));
        operator.post(ENROLLMENTS, board("lab", "board-1", pem(curve("secp256r1"))));
        String key = pem(curve("secp256r1"));
        Map<JsonObject, String> boards = Map.of(
                new JsonObject().put("endorsementKey", key),
                "/proof",
                makers("CA two").put("endorsementKey", key),
                "/proof/tpm",
                new JsonObject().put("endorsementKey", key).put("allowed", new JsonArray()),
                "/proof/tpm/allowed",
                new JsonObject(),
                "/proof/tpm");
        Map<JsonObject, String> lab = Map.of(
                makers("CA one"), "/proof",
                new JsonObject().put("allowed", new JsonArray(List.of(ONE))), "/proof/tpm/allowed",
                new JsonObject().put("revocations", "CRL a"), "/proof/tpm/revocations",
                new JsonObject().putNull("allowed"), "/proof/tpm/allowed");

        boards.forEach((tpm, place) -> assertThat(refusedAt("boards", tpm)).isEqualTo(place));
        lab.forEach((tpm, place) -> assertThat(refusedAt("lab", tpm)).isEqualTo(place));

        assertThat(operator.get(ENROLLMENTS + "/boards").json().getInteger("version"))
                .isEqualTo(1);
        assertThat(operator.get(ENROLLMENTS + "/lab").json().getInteger("version"))
                .isEqualTo(1);
    }

    @Test
    void a_revocation_list_that_cannot_be_read_changes_nothing_and_the_way_to_pem_is_told() {
        operator.post(ENROLLMENTS, boards(makers("CA one").put("revocations", "CRL a")));
        JsonObject proof = new JsonObject().put("tpm", makers("CA two").put("revocations", " "));
        var answer = operator.patch(
                ENROLLMENTS + "/boards", new JsonObject().put("proof", proof).encode());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("detail")).contains("it holds no revocation list");
        assertThat(answer.json().getString("remedy")).contains("openssl crl -inform DER");
        assertThat(place(answer.json())).isEqualTo("/proof/tpm/revocations");
        assertThat(revocations()).containsExactly("CRL a");
    }

    @Test
    void megabytes_of_revocation_lists_fit_into_one_body() {
        String list = "CRL " + "A".repeat(1_000_000) + "\n";
        var created = operator.post(ENROLLMENTS, boards(makers("CA one").put("revocations", list.repeat(7))));
        assertThat(created.status()).isEqualTo(201);
        assertThat(revocations()).hasSize(7);
        assertThat(operator.post(ENROLLMENTS, boards(makers("CA one").put("revocations", list.repeat(9))))
                        .status())
                .isEqualTo(413);
    }

    @Test
    void the_longest_list_is_taken_and_no_longer_one() {
        List<String> most = IntStream.range(0, Proof.TpmManufacturers.MAX_ALLOWED)
                .mapToObj("%064x"::formatted)
                .toList();
        JsonObject tpm = makers("CA one").put("allowed", new JsonArray(new ArrayList<>(most)));
        assertThat(operator.post(ENROLLMENTS, boards(tpm)).status()).isEqualTo(201);
        assertThat(((Proof.TpmManufacturers) stored("boards")).allowed()).hasSize(100_000);
        tpm.getJsonArray("allowed").add(ONE);
        assertThat(operator.post(ENROLLMENTS, boards(tpm)).status()).isEqualTo(400);
    }

    @Test
    void one_board_is_known_by_its_endorsement_key_in_pem_or_base64() throws GeneralSecurityException {
        for (PublicKey key : List.of(rsa(2048), curve("secp256r1"), curve("secp384r1"))) {
            begin();
            String fingerprint = IdentityKey.ofEndorsementKey(key.getEncoded()).fingerprint();
            for (String text : List.of(pem(key), Base64.getEncoder().encodeToString(key.getEncoded()))) {
                String name = text.startsWith("-") ? "pem" : "base64";
                var created = operator.post(ENROLLMENTS, board(name, name + "-1", text));
                assertThat(created.status()).as(created.text()).isEqualTo(201);
                assertThat(created.json()
                                .getJsonObject("proof")
                                .getJsonObject("tpm")
                                .getJsonObject("endorsementKey")
                                .getString("fingerprint"))
                        .isEqualTo(fingerprint);
                assertThat(((Proof.TpmPinned) stored(name)).endorsementKey().toArray())
                        .isEqualTo(key.getEncoded());
            }
        }
    }

    @Test
    void what_is_no_endorsement_key_is_refused_with_the_way_to_get_one() throws GeneralSecurityException {
        Map<String, String> remedies = new LinkedHashMap<>();
        remedies.put("no key", "tpm2_readpublic -c EK -f pem -o ek.pem");
        remedies.put("AToAAQALAAMAsgAgg3GX", "tpm2_readpublic -c EK -f pem -o ek.pem");
        remedies.put("-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----", "tpm2_readpublic");
        remedies.put("-----BEGIN PUBLIC KEY-----", "tpm2_readpublic");
        remedies.put(pem(rsa(1024)), "tpm2_readpublic");
        remedies.put(pem(key("RSA", new RSAKeyGenParameterSpec(2048, BigInteger.valueOf(3)))), "tpm2_readpublic");
        remedies.put(pem(curve("secp521r1")), "tpm2_readpublic");
        remedies.put("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "openssl x509");
        remedies.forEach((text, remedy) -> {
            var answer = operator.post(ENROLLMENTS, board("lab", "board-1", text));
            assertThat(answer.status()).as(text).isEqualTo(400);
            assertThat(answer.json().getString("remedy")).as(text).contains(remedy);
            assertThat(place(answer.json())).isEqualTo("/proof/tpm/endorsementKey");
        });
    }

    @Test
    void a_key_that_is_cut_anywhere_is_none() throws GeneralSecurityException {
        byte[] key = curve("secp256r1").getEncoded();
        for (int length = 1; length < key.length; length++) {
            String text = Base64.getEncoder().encodeToString(Arrays.copyOf(key, length));
            assertThat(operator.post(ENROLLMENTS, board("lab", "board-1", text)).code())
                    .as("%d bytes", length)
                    .isEqualTo("invalid_request");
        }
    }

    @Test
    void what_does_not_go_together_is_refused_with_its_place() throws GeneralSecurityException {
        String key = pem(curve("secp256r1"));
        JsonObject pinned = new JsonObject().put("endorsementKey", key);
        Map<String, String> places = new LinkedHashMap<>();
        places.put(boards(makers("CA one").put("endorsementKey", key)), "/proof/tpm");
        places.put(boards(new JsonObject().put("allowed", new JsonArray(List.of(ONE)))), "/proof/tpm");
        places.put(boards(pinned.copy().put("allowed", new JsonArray(List.of(ONE)))), "/proof/tpm/allowed");
        places.put(boards(pinned.copy().put("revocations", "CRL a")), "/proof/tpm/revocations");
        places.put(boards(new JsonObject().put("revocations", "CRL a")), "/proof/tpm");
        places.put(boards(pinned), "/proof/tpm/endorsementKey");
        places.put(
                enrollment("lab", makers("CA one"))
                        .put("kind", "individual")
                        .put("registrationId", "a-1")
                        .encode(),
                "/proof/tpm/manufacturers");
        places.put(boards(makers("CA x").put("allowed", new JsonArray())), "/proof/tpm/allowed");
        places.put(boards(makers("CA x").putNull("allowed")), "/proof/tpm/allowed");
        places.put(boards(makers("no PEM")), "/proof/tpm/manufacturers");
        places.put(boards(makers("CA x\n".repeat(17))), "/proof/tpm/manufacturers");
        places.put(boards(makers("CA x").put("allowed", new JsonArray(List.of("ab")))), "/proof/tpm/allowed/0");
        places.forEach((body, place) -> {
            var answer = operator.post(ENROLLMENTS, body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(place(answer.json())).as(body).isEqualTo(place);
        });
        assertThat(operator.get(ENROLLMENTS).json().getJsonArray("items")).isEmpty();
    }

    @Test
    void chips_have_no_keys_to_rotate_here() {
        operator.post(ENROLLMENTS, boards(makers("CA one")));
        var answer = operator.post(ENROLLMENTS + "/boards/keys/rotate", "");
        assertThat(answer.code()).isEqualTo("not_possible");
        assertThat(answer.json().getString("detail")).contains("in its TPM");
    }

    private static Proof stored(String name) {
        return desk.roster()
                .enrollment(new Name("acme"), new Name(name))
                .map(Enrollment::proof)
                .orElseThrow();
    }

    private static List<String> revocations() {
        return ((Proof.TpmManufacturers) stored("boards"))
                .revocations().stream()
                        .map(list -> new String(list.toArray(), StandardCharsets.UTF_8))
                        .toList();
    }

    private static JsonObject change(JsonObject tpm) {
        JsonObject proof = new JsonObject().put("tpm", tpm);
        var changed = operator.patch(
                ENROLLMENTS + "/boards", new JsonObject().put("proof", proof).encode());
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        return changed.json();
    }

    private static int revocationCount(JsonObject enrollment) {
        return enrollment.getJsonObject("proof").getJsonObject("tpm").getInteger("revocationCount");
    }

    private static int allowedCount(JsonObject enrollment) {
        return enrollment.getJsonObject("proof").getJsonObject("tpm").getInteger("allowedCount");
    }

    private static String refusedAt(String enrollment, JsonObject tpm) {
        JsonObject proof = new JsonObject().put("tpm", tpm);
        var answer = operator.patch(
                ENROLLMENTS + "/" + enrollment,
                new JsonObject().put("proof", proof).encode());
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        return place(answer.json());
    }

    private static String place(JsonObject problem) {
        return problem.getJsonArray("errors").getJsonObject(0).getString("at");
    }

    private static JsonObject makers(String pem) {
        return new JsonObject().put("manufacturers", pem);
    }

    private static String boards(JsonObject tpm) {
        return enrollment("boards", tpm).encode();
    }

    private static String board(String name, String registrationId, String key) {
        return enrollment(name, new JsonObject().put("endorsementKey", key))
                .put("kind", "individual")
                .put("registrationId", registrationId)
                .encode();
    }

    private static JsonObject enrollment(String name, JsonObject tpm) {
        return new JsonObject()
                .put("name", name)
                .put("kind", "group")
                .put("proof", new JsonObject().put("tpm", tpm))
                .put("allocation", new JsonObject().put("policy", "hashed").put("hubs", new JsonArray()));
    }

    private static String pem(PublicKey key) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static PublicKey rsa(int bits) throws GeneralSecurityException {
        return key("RSA", new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4));
    }

    private static PublicKey curve(String name) throws GeneralSecurityException {
        return key("EC", new ECGenParameterSpec(name));
    }

    private static PublicKey key(String algorithm, AlgorithmParameterSpec of) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(of);
        return generator.generateKeyPair().getPublic();
    }
}
