package io.muster.server.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.fleet.device.GroupKey;
import io.muster.fleet.device.Maker;
import io.muster.fleet.dps.Ending;
import io.muster.server.testkit.ChildNode;
import io.muster.server.testkit.Door;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.Installation;
import io.muster.server.testkit.Operator;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The first hour of an operator, command by command.
class ByHandTest {

    private static final Pattern KEYS =
            Pattern.compile("primary key +([A-Za-z0-9+/=]{40,})\\s+secondary key +([A-Za-z0-9+/=]{40,})");
    private static final Pattern NEXT = Pattern.compile("add --next (\\S+),");

    @AutoClose
    private static final Installation HOUSE = Installation.open();

    private final Operator operator = HOUSE.operator();

    @Test
    void from_a_tenant_to_the_reason_why_a_device_was_let_in() throws Exception {
        Maker maker = Maker.found("Pump Works");
        Path authority = Files.writeString(Ground.folder("maker").resolve("maker-ca.pem"), maker.rootPem());

        assertThat(operator.types("tenant", "create", "acme")).contains("acme");
        assertThat(operator.types(
                        words("hub create eu-1 --tenant acme --region eu --endpoint mqtts://eu-1.example.com:8883")))
                .contains("eu-1");
        assertThat(operator.types(
                        words("enrollment create pumps --tenant acme --x509-ca " + authority + " --hub eu-1")))
                .contains("Enrollment pumps is there.");
        String created = operator.types(words("enrollment create meters --tenant acme --symmetric-key --hub eu-1"));
        Matcher keys = KEYS.matcher(created);
        assertThat(keys.find()).as(created).isTrue();

        for (int i = 1; i <= 4; i++) {
            assertThat(Door.DPS_HTTPS.knock(HOUSE.target("acme"), maker.make("pump-" + i)))
                    .isEqualTo(new Ending.Enrolled("pump-" + i, "eu-1.example.com"));
        }
        for (int group = 1; group <= 2; group++) {
            assertThat(Door.DPS_HTTPS.knock(
                            HOUSE.target("acme"),
                            GroupKey.fromBase64(keys.group(group)).make("meter-" + group)))
                    .isInstanceOf(Ending.Enrolled.class);
        }
        keysAreShownOnce(keys);

        everyDeviceIsListedOnce();
        JsonNode pump = operator.asks(words("device get pump-1 --tenant acme"));
        assertThat(pump.path("assignedHub").asText()).isEqualTo("eu-1.example.com");
        assertThat(pump.path("enrollment").path("name").asText()).isEqualTo("pumps");
        assertThat(operator.types(words("why pump-1 --tenant acme")))
                .contains(
                        "pump-1 was accepted. The device is new and was enrolled.",
                        "enrollment  pumps, version 1",
                        "✓ passed  chain valid")
                .doesNotContain("FAILED");
        theAttemptIsToldByItsNumberToo();
    }

    private void keysAreShownOnce(Matcher keys) {
        String later = operator.types(words("enrollment get meters --tenant acme"))
                + operator.types(words("enrollment get meters --tenant acme -o json"))
                + operator.types(words("enrollment list --tenant acme -o json"));
        assertThat(later).contains("meters").doesNotContain(keys.group(1)).doesNotContain(keys.group(2));
    }

    private void everyDeviceIsListedOnce() {
        JsonNode all = operator.asks(words("device list --tenant acme --all"));
        assertThat(names(all)).containsExactlyInAnyOrder("pump-1", "pump-2", "pump-3", "pump-4", "meter-1", "meter-2");
        assertThat(all.has("next")).isFalse();

        List<String> paged = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            JsonNode page = operator.asks(words("device list --tenant acme --limit 4"
                    + next.map(cursor -> " --next " + cursor).orElse("")));
            paged.addAll(names(page));
            next = Optional.ofNullable(page.get("next")).map(JsonNode::asText);
        } while (next.isPresent());
        assertThat(paged).containsExactlyElementsOf(names(all));

        Matcher hint = NEXT.matcher(
                operator.tries(words("device list --tenant acme --limit 4")).err());
        assertThat(hint.find()).isTrue();
        assertThat(operator.types(words("device list --tenant acme --limit 4 --next " + hint.group(1)))
                        .lines())
                .hasSize(3);
    }

    private void theAttemptIsToldByItsNumberToo() {
        String number = operator.asks(words("why pump-1 --tenant acme"))
                .path("attemptId")
                .asText();
        assertThat(operator.types(words("why " + number + " --tenant acme"))).contains("pump-1 was accepted.");
    }

    private static List<String> names(JsonNode page) {
        List<String> names = new ArrayList<>();
        page.path("items")
                .forEach(device -> names.add(device.path("registrationId").asText()));
        return names;
    }

    @Test
    void what_was_created_twice_is_said_and_changes_nothing() {
        operator.types("tenant", "create", "twice");

        Operator.Said again = operator.tries("tenant", "create", "twice");

        assertThat(again.code()).isNotZero();
        assertThat(again.err()).contains("muster: ", "twice").contains("next:");
    }

    @Test
    void a_device_that_nobody_saw_is_said_to_be_unknown() {
        operator.types("tenant", "create", "empty");

        assertThat(operator.tries(words("device get nobody-1 --tenant empty")).code())
                .isEqualTo(5);
        assertThat(operator.tries(words("why nobody-1 --tenant empty")).err()).contains("There is no");
        assertThat(operator.asks(words("device list --tenant empty --all")).path("items"))
                .isEmpty();
    }

    @Test
    void token_and_keys_are_for_their_owner_alone() throws Exception {
        Path token = HOUSE.data().resolve("admin.token");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(HOUSE.data().resolve("keyring"))))
                .isEqualTo("rwx------");
    }

    @Test
    void an_operator_elsewhere_is_led_by_the_environment() throws Exception {
        String token = Files.readString(HOUSE.data().resolve("admin.token"));
        String desk = HOUSE.house().deskUrl().toString();
        String anchor = HOUSE.house().data().serverAnchor().toString();

        Map<String, String> right = Map.of("MUSTER_URL", desk, "MUSTER_TOKEN", token, "MUSTER_CA", anchor);
        assertThat(Operator.elsewhere(right, "tenant", "list").code()).isZero();
        Map<String, String> wrongToken = Map.of("MUSTER_URL", desk, "MUSTER_TOKEN", "A" + token, "MUSTER_CA", anchor);
        assertThat(Operator.elsewhere(wrongToken, "tenant", "list").err()).contains("muster: ", "next:");
        Map<String, String> noAnchor = Map.of("MUSTER_URL", desk, "MUSTER_TOKEN", token);
        assertThat(Operator.elsewhere(noAnchor, "tenant", "list").err()).contains("MUSTER_CA");
    }

    @Test
    void without_the_token_the_desk_tells_its_health_and_nothing_else() throws Exception {
        try (HttpClient stranger = HttpClient.newBuilder().sslContext(trust()).build()) {
            assertThat(status(stranger, "/health/ready")).isEqualTo(200);
            assertThat(status(stranger, "/api/v1/tenants")).isEqualTo(401);
        }
    }

    private static int status(HttpClient client, String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(HOUSE.house().deskUrl().resolve(path)).build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static SSLContext trust() throws Exception {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        try (InputStream anchor = Files.newInputStream(HOUSE.house().data().serverAnchor())) {
            anchors.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(anchor));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void a_setting_that_there_is_not_stops_the_start_and_names_the_nearest() throws Exception {
        Path data = Ground.folder("misspelled").resolve("data");

        ChildNode.Ended ended = ChildNode.runs("up", "--data", data.toString(), "--set", "listeners.http.port=8443");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .contains("There is no setting \"listeners.http.port\"", "Did you mean \"listeners.https.port\"?")
                .doesNotContain("Exception");
        assertThat(data).doesNotExist();
    }

    private static String[] words(String command) {
        return command.split(" ");
    }
}
