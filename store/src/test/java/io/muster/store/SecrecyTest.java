package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.OPERATOR;
import static io.muster.store.Scene.device;
import static io.muster.store.Scene.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.attestation.Standing;
import io.muster.core.device.Bytes;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.device.PolicyName;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Serial;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.Evidence.TpmChip;
import io.muster.core.door.OperationId;
import io.muster.core.door.Outcome;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Certificates.Reason;
import io.muster.core.ledger.Creation;
import io.muster.core.ledger.Creations.Kept;
import io.muster.core.ledger.Operation;
import io.muster.core.roster.Claim;
import io.muster.core.roster.NamedPolicy;
import io.muster.core.roster.Registered;
import io.muster.core.roster.Tokens.Made;
import io.muster.core.roster.Treatment.KeyChange;
import io.muster.store.testkit.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecrecyTest {

    private static final String NAME = "Serial-4711-Quicksilver";
    private static final String INDIVIDUAL = "individual-0815-mercury";
    private static final String FACT = "firmware-of-the-northern-plant";
    private static final String NEWCOMER = "Newcomer-1729-Vermilion";
    private static final String UNUSED = "Never-Came-3141-Realgar";
    private static final String CERTIFIED = "public-key-of-the-amalgam";
    private static final String DEFERRED = "deferred-2342-cinnabar";

    private static final String CONTENDER = "contender-6174-galena";
    private static final String CONTENDED_FROM = "2001:db8:6174:5::77";

    private static final String THING = "Thing-2718-Verdigris";
    private static final String CLIENTS = "line-of-the-azurite-";
    private static final String CREATED = "public-key-of-the-malachite";
    private static final String WAITING = "public-key-of-the-massicot";
    private static final String TOPIC = "topic/of-the-orpiment-1618";
    private static final Bytes NETWORK = Bytes.of(new byte[] {10, 61, 74});

    @TempDir
    Path directory;

    /// What must be found proves that the right files were read.
    @Test
    void no_file_of_the_database_names_a_device_or_holds_its_key() throws Exception {
        try (Scene scene = new Scene(TestServer.EMBEDDED.fresh(), directory)) {
            Store store = scene.furnished();
            store.registrar()
                    .create(
                            Scene.enrollment(
                                    new Name(INDIVIDUAL), 1, Optional.of(id(INDIVIDUAL)), true, KeyChange.REFUSE),
                            OPERATOR);
            device(scene.pipeline(store)
                    .enroll(Scene.request(NAME, "key-of-it", Optional.of("{\"plant\":\"" + FACT + "\"}"))));
            scene.enroll(store, NAME, "a wrong key");
            device(scene.enroll(store, INDIVIDUAL, "another"));
            scene.pipeline(store).enroll(Scene.request(CONTENDER, "key-of-it", Optional.empty(), CONTENDED_FROM));
            assertThat(FaultTest.number(scene, "SELECT count(*) FROM muster.entry WHERE kind = 11"))
                    .isEqualTo(1);
            defer(store, DEFERRED, new Operation.Chip(Optional.of(Scene.key("key-of-it")), Optional.of(chip())));
            List<byte[]> secrets = secrets();
            secrets.addAll(certify(scene, store));
            secrets.addAll(claim(scene, store));
            secrets.addAll(policy(store));
            Serial revoked = revoked(scene, store);
            FaultTest.run(scene, "CHECKPOINT");

            List<byte[]> open = List.of(
                    "mqtts://eu-1.example.com".getBytes(StandardCharsets.UTF_8),
                    revoked.octets().toArray());
            Set<String> wanted = texts(secrets);
            wanted.addAll(texts(open));
            assertThat(found(files(scene), wanted)).isEqualTo(texts(open));
        }
    }

    /// A device comes by a token for a certificate of an authority. Returns what nobody may find of all that.
    private static List<byte[]> certify(Scene scene, Store store) {
        store.registrar().create(Scene.gates(1), OPERATOR);
        store.authorityVault().keepFirst(RevocationsTest.authority(WordIssuer.KEY_ID));
        Made unused = TokensTest.make(store, UNUSED, 1);
        Made made = TokensTest.make(store, NEWCOMER, 1);
        Outcome outcome = scene.pipeline(store).enroll(Requests.byToken(NEWCOMER, TokensTest.text(made), CERTIFIED));
        Serial live = CertificatesTest.serial(outcome);
        byte[] certificate = ((Outcome.Enrolled) outcome)
                .issued()
                .orElseThrow()
                .certificate()
                .toArray();
        IdentityKey key = Scene.key(CERTIFIED);
        List<byte[]> secrets = new ArrayList<>();
        secrets.addAll(forms(live.octets().toArray()));
        secrets.addAll(forms(Arrays.copyOfRange(certificate, 300, 332)));
        secrets.addAll(forms(WordIssuer.TEXT.getBytes(StandardCharsets.UTF_8)));
        secrets.addAll(forms(HexFormat.of().parseHex(key.fingerprint())));
        for (String text : List.of(
                TokensTest.text(made),
                TokensTest.text(unused),
                NEWCOMER,
                UNUSED,
                RevocationsTest.ISSUING_KEY,
                RevocationsTest.ROOT_KEY)) {
            secrets.addAll(forms(text.getBytes(StandardCharsets.UTF_8)));
            secrets.addAll(forms(text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8)));
        }
        return secrets;
    }

    /// One certificate that a claim created becomes a device's, another waits. Returns what nobody may find of that.
    private static List<byte[]> claim(Scene scene, Store store) {
        store.registrar().create(Scene.things(1, true), OPERATOR);
        Claim claim = CreationsTest.claim(store, "line-1", 10, CLIENTS);
        Creation used = CreationsTest.creation(store, claim, CREATED);
        Creation waiting = CreationsTest.creation(store, claim, WAITING);
        for (Creation creation : List.of(used, waiting)) {
            assertThat(store.creations().keep(creation, Optional.of(NETWORK))).isEqualTo(new Kept.Done());
        }
        device(scene.pipeline(store)
                .enroll(Requests.byCreation(THING, used.credential().serial())));
        List<byte[]> secrets = new ArrayList<>();
        for (Creation creation : List.of(used, waiting)) {
            secrets.addAll(forms(creation.credential().serial().octets().toArray()));
            secrets.addAll(forms(Arrays.copyOfRange(creation.certificate().toArray(), 300, 332)));
            secrets.addAll(
                    forms(HexFormat.of().parseHex(creation.credential().key().fingerprint())));
        }
        secrets.addAll(forms(HexFormat.of().parseHex(claim.fingerprint())));
        for (String text : List.of(CLIENTS, THING, THING.toLowerCase(Locale.ROOT))) {
            secrets.addAll(forms(text.getBytes(StandardCharsets.UTF_8)));
        }
        return secrets;
    }

    /// A policy's name lies open, what it says does not. Returns what it says.
    private static List<byte[]> policy(Store store) {
        Json document = new Json("{\"Resource\":\"" + TOPIC + "\"}");
        assertThat(store.policies().create(new NamedPolicy(ACME, new PolicyName("pumps"), 1, document), OPERATOR))
                .isInstanceOf(Registered.Done.class);
        return forms(TOPIC.getBytes(StandardCharsets.UTF_8));
    }

    /// What a CRL is to tell the world may lie open.
    private static Serial revoked(Scene scene, Store store) {
        Serial serial =
                CertificatesTest.serial(scene.pipeline(store).enroll(Requests.byKey("pump-9", "key-9", "certified-9")));
        store.certificates().revoke(ACME, serial, Reason.KEY_COMPROMISE, OPERATOR);
        return serial;
    }

    static OperationId defer(Store store, String text, Operation.Chip chip) {
        Instant now = Instant.now();
        RegistrationId name = id(text);
        Operation operation = new Operation(
                OperationId.random(),
                ACME,
                name,
                Scene.key("key-of-it"),
                Scene.PUMPS,
                new Standing.ByIdentity(),
                chip,
                Optional.of(Requests.certificate(text, Purpose.ENROLL, CERTIFIED)),
                Optional.empty(),
                "test",
                "127.0.0.1",
                now,
                new Operation.State.Waiting());
        Attempt attempt = new Attempt(
                store.ledger().attemptId(ACME, name, now),
                ACME,
                name,
                now,
                Optional.empty(),
                Attempt.Result.DEFERRED,
                "deferred",
                List.of(),
                "test",
                "127.0.0.1");
        return store.operations().defer(operation, attempt);
    }

    private static TpmChip chip() {
        Bytes key = Bytes.of(CERTIFIED.getBytes(StandardCharsets.UTF_8));
        return new TpmChip(key, Optional.empty(), key, TpmChip.Role.STORAGE_ROOT);
    }

    private static List<byte[]> secrets() {
        IdentityKey key = Scene.key("key-of-it");
        byte[] fingerprint = HexFormat.of().parseHex(key.fingerprint());
        List<byte[]> secrets = new ArrayList<>();
        for (String text : List.of(NAME, INDIVIDUAL, FACT, DEFERRED, CERTIFIED, CONTENDER, CONTENDED_FROM)) {
            secrets.addAll(forms(text.getBytes(StandardCharsets.UTF_8)));
            secrets.addAll(forms(text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8)));
        }
        secrets.addAll(forms(fingerprint));
        return secrets;
    }

    private static List<byte[]> forms(byte[] value) {
        return List.of(
                value,
                HexFormat.of().formatHex(value).getBytes(StandardCharsets.US_ASCII),
                HexFormat.of().withUpperCase().formatHex(value).getBytes(StandardCharsets.US_ASCII),
                Base64.getEncoder().withoutPadding().encode(value));
    }

    private static List<Path> files(Scene scene) throws Exception {
        try (Connection connection = scene.database().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW data_directory")) {
            row.next();
            try (Stream<Path> all = Files.walk(Path.of(row.getString(1)))) {
                return all.filter(Files::isRegularFile).toList();
            }
        }
    }

    /// Octets as texts of as many characters.
    private static Set<String> texts(List<byte[]> octets) {
        return octets.stream()
                .map(each -> new String(each, StandardCharsets.ISO_8859_1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Those that stand in any of the files. Each is read once: with its log, a database is large.
    private static Set<String> found(List<Path> files, Set<String> wanted) throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path file : files) {
            String content = new String(content(file), StandardCharsets.ISO_8859_1);
            wanted.stream().filter(content::contains).forEach(found::add);
        }
        return found;
    }

    /// The server is running: a file of its caches may have gone since it was listed.
    private static byte[] content(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }
}
