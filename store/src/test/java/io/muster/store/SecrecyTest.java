package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.OPERATOR;
import static io.muster.store.Scene.device;
import static io.muster.store.Scene.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.attestation.Standing;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.OperationId;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Operation;
import io.muster.core.roster.Treatment.KeyChange;
import io.muster.store.testkit.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecrecyTest {

    private static final String NAME = "Serial-4711-Quicksilver";
    private static final String INDIVIDUAL = "individual-0815-mercury";
    private static final String FACT = "firmware-of-the-northern-plant";
    private static final String CERTIFIED = "public-key-of-the-amalgam";
    private static final String DEFERRED = "deferred-2342-cinnabar";

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
            defer(store);
            FaultTest.run(scene, "CHECKPOINT");

            List<Path> files = files(scene);
            assertThat(holding(files, "mqtts://eu-1.example.com".getBytes(StandardCharsets.UTF_8)))
                    .isNotEmpty();
            for (byte[] secret : secrets()) {
                assertThat(holding(files, secret)).isEmpty();
            }
        }
    }

    private static void defer(Store store) {
        Instant now = Instant.now();
        RegistrationId name = id(DEFERRED);
        Operation operation = new Operation(
                OperationId.random(),
                ACME,
                name,
                Scene.key("key-of-it"),
                Scene.PUMPS,
                new Standing.ByIdentity(),
                Optional.of(Requests.certificate(DEFERRED, Purpose.ENROLL, CERTIFIED)),
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
        store.operations().defer(operation, attempt);
    }

    private static List<byte[]> secrets() {
        IdentityKey key = Scene.key("key-of-it");
        byte[] fingerprint = HexFormat.of().parseHex(key.fingerprint());
        List<byte[]> secrets = new ArrayList<>();
        for (String text : List.of(NAME, INDIVIDUAL, FACT, DEFERRED, CERTIFIED)) {
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

    private static List<Path> holding(List<Path> files, byte[] wanted) throws IOException {
        String text = new String(wanted, StandardCharsets.ISO_8859_1);
        List<Path> holding = new ArrayList<>();
        for (Path file : files) {
            if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                holding.add(file);
            }
        }
        return holding;
    }
}
