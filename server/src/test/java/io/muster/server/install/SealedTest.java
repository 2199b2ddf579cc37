package io.muster.server.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.fleet.device.GroupKey;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.muster.server.testkit.AzureSdk;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Door;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.Installation;
import io.muster.server.testkit.MovableClock;
import io.muster.server.testkit.Needles;
import io.muster.server.testkit.SdkIdentities;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whoever copies the data directory without its keyring learns of no device.
class SealedTest {

    private static final String TENANT = "control-quarry";
    private static final String PUMP = "Quicksilver-4711-Pump";
    private static final String METER = "Cinnabar-0815-Meter";
    private static final String BENCH = "Antimony-2342-Bench";
    private static final String WAITING = "Realgar-1899-Waiting";
    private static final String REFUSED = "Orpiment-7007-Refused";
    private static final String FACT = "firmware-of-the-northern-plant";
    private static final String HANDED = "handed-to-the-southern-plant";

    private final MovableClock clock = new MovableClock();
    private final Maker maker = Maker.found("Sealed Works");
    private final X509Device pump = maker.make(PUMP);

    @Test
    void no_file_names_a_device_or_holds_its_key_or_says_what_it_said() throws Exception {
        Installation house = Installation.open(clock);
        Needles secrets;
        try (house) {
            secrets = enroll(Customer.create(house.operator(), TENANT), house);
        }

        List<Path> files = files(house.data());
        assertThat(new Needles().text(TENANT).in(files)).as("what lies open").isNotEmpty();
        assertThat(secrets.in(files)).isEmpty();
    }

    private Needles enroll(Customer customer, Installation house) throws Exception {
        AzureSdk sdk = AzureSdk.trusting(house.target(TENANT));
        Optional<String> payload = Optional.of("{\"serial\":\"" + FACT + "\",\"filler\":\"" + "x".repeat(4000) + "\"}");
        customer.trusts("pumps", maker.rootPem());
        String groupKey = customer.sharesKeyInBase64(
                "meters", "--payload", customer.file("handed.json", "{\"note\":\"" + HANDED + "\"}"));
        String benchKey = customer.givesKey("bench", BENCH);

        sdk.register(SdkIdentities.certificate(pump), payload);
        sdk.register(SdkIdentities.derivedKey(METER, groupKey), payload);
        sdk.register(SdkIdentities.derivedKey(METER, groupKey), payload);
        sdk.register(SdkIdentities.key(BENCH, benchKey), payload);
        Door.DPS_HTTPS.knock(house.target(TENANT), GroupKey.fromBase64(benchKey).make(REFUSED));
        Door.DPS_HTTPS.knock(house.target(TENANT), maker.make(PUMP));
        leaveOneWaiting(customer, sdk, groupKey, payload);

        assertThat(customer.devices()).hasSize(3);
        return new Needles()
                .text(PUMP)
                .text(METER)
                .text(BENCH)
                .text(WAITING)
                .text(REFUSED)
                .text(FACT)
                .text(HANDED)
                .bytes("group key", Base64.getDecoder().decode(groupKey))
                .bytes("device key", Base64.getDecoder().decode(benchKey))
                .bytes("fingerprint", fingerprint(certificate().getPublicKey().getEncoded()))
                .bytes("public key", publicPoint(certificate().getPublicKey().getEncoded()))
                .bytes("serial number", certificate().getSerialNumber().toByteArray())
                .bytes("certificate", fingerprint(pump.certificate()));
    }

    private void leaveOneWaiting(Customer customer, AzureSdk sdk, String groupKey, Optional<String> payload) {
        clock.beOff(Duration.ofMinutes(10));
        CompletableFuture<Object> ignored = CompletableFuture.supplyAsync(() -> {
            try {
                return sdk.register(SdkIdentities.derivedKey(WAITING, groupKey), payload);
            } catch (Exception e) {
                throw new IllegalStateException("The house closed while the device waited", e);
            }
        });
        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .ignoreExceptionsInstanceOf(AssertionError.class)
                .until(() -> customer.why(WAITING).path("result").asText().equals("deferred"));
        assertThat(ignored).isNotDone();
    }

    private X509Certificate certificate() throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pump.certificate()));
    }

    private static byte[] fingerprint(byte[] of) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(of);
    }

    /// A P-256 key ends with its two coordinates of 32 bytes.
    private static byte[] publicPoint(byte[] encoded) {
        return Arrays.copyOfRange(encoded, encoded.length - 64, encoded.length);
    }

    /// All but the keyring and the operator's token.
    private static List<Path> files(Path data) throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(data.resolve("keyring")))
                    .filter(file -> !file.equals(data.resolve("admin.token")))
                    .toList();
        }
    }

    static Stream<String> forms() {
        byte[] secret = "Quicksilver-4711".getBytes(StandardCharsets.US_ASCII);
        return Stream.of(
                "Quicksilver-4711",
                "… quicksilver-4711 …",
                HexFormat.of().formatHex(secret),
                HexFormat.of().withUpperCase().formatHex(secret),
                base64("Quicksilver-4711"),
                base64("1Quicksilver-4711 and more"),
                base64("12Quicksilver-4711 and more"));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void the_search_finds_every_form(String written) throws Exception {
        Path file = Files.writeString(Ground.folder("haystack").resolve("file"), "hay " + written + " hay");

        assertThat(new Needles().text("Quicksilver-4711").in(List.of(file))).isNotEmpty();
        assertThat(new Needles().text("Cinnabar-0815").in(List.of(file))).isEmpty();
    }
}
