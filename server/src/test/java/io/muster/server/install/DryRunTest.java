package io.muster.server.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.muster.fleet.device.Maker;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Door;
import io.muster.server.testkit.Installation;
import io.muster.server.testkit.Operator;
import io.muster.store.testkit.Contents;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/// Every change that the contract knows, as a dry run against a whole installation.
class DryRunTest {

    /// Asked with a body, and nothing comes of them anyhow.
    private static final Set<String> QUESTIONS =
            Set.of("testPolicy", "diffPolicy", "simulateAwsPolicy", "testTemplate", "diffTemplate", "verifyAudit");

    private static final String TEMPLATE = """
            {"Parameters":{"Id":{"Type":"String"}},"Resources":{
             "thing":{"Type":"AWS::IoT::Thing","Properties":{"ThingName":{"Ref":"Id"}}},
             "certificate":{"Type":"AWS::IoT::Certificate",
               "Properties":{"CertificateId":{"Ref":"AWS::IoT::Certificate::Id"}}}}}
            """;

    private static final String POLICY =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"iot:Publish\","
                    + "\"Resource\":\"arn:aws:iot:eu-1:1:topic/t/*\"}]}";

    /// A dry run of an import is an import that stores no enrollment: it is watched like any other.
    private static final Set<String> JOBS = Set.of("createImport");

    /// A change and what it should answer.
    ///
    /// @param tail what stands for the last name in the path
    private record Change(int status, String tail, String body) {}

    private final Map<String, Change> changes = new TreeMap<>();

    @Test
    void no_dry_run_of_any_change_changes_the_database() throws Exception {
        try (Installation house = Installation.open("sinks.events.kind=file")) {
            prepare(house, house.operator());
            JsonNode contract = new YAMLMapper().readTree(get(house, "/openapi.yaml"));
            Map<String, String> before = contents(house);
            Set<String> forgotten = new TreeSet<>();
            contract.path("paths")
                    .properties()
                    .forEach(path -> path.getValue().properties().forEach(operation -> {
                        String name = operation.getValue().path("operationId").asText();
                        boolean change = !name.isEmpty()
                                && !operation.getKey().equals("get")
                                && !JOBS.contains(name)
                                && !QUESTIONS.contains(name);
                        if (change && !changes.containsKey(name)) {
                            forgotten.add(name);
                        } else if (change) {
                            run(house, operation.getKey(), path.getKey(), name);
                        }
                    }));
            assertThat(forgotten)
                    .as("changes that this test does not know: add them")
                    .isEmpty();
            assertThat(contents(house)).isEqualTo(before);
        }
    }

    private void prepare(Installation house, Operator operator) {
        Customer acme = Customer.create(operator, "acme");
        Door.NATIVE.knock(house.target("acme"), acme.sharesKey("pumps").make("pump-1"));
        operator.types("enrollment", "create", "meters", "--tenant", "acme", "--symmetric-key");
        operator.types("enrollment", "create", "gates", "--tenant", "acme", "--one-time-tokens");
        String token = operator.asks("token", "create", "gate-1", "--tenant", "acme", "--enrollment", "gates")
                .path("id")
                .asText();
        String mine = operator.asks("key", "create", "mine", "--role", "viewer")
                .path("id")
                .asText();
        String theirs = operator.asks("key", "create", "theirs", "--role", "viewer", "--tenant", "acme")
                .path("id")
                .asText();
        String key = "{\"name\":\"dry\",\"role\":\"viewer\"}";
        Maker maker = Maker.found("Dry Works");
        acme.types("anchor", "create", "maker", "--certificate", acme.file("maker.pem", maker.rootPem()));
        String other = "{\"name\":\"other\",\"certificate\":\""
                + maker.intermediatePem().replace("\n", "\\n") + "\"}";
        changes.put("createAnchor", new Change(201, "", other));
        changes.put("verifyAnchor", new Change(422, "maker", "{\"certificate\":\"none\"}"));
        changes.put("deleteAnchor", new Change(200, "maker", ""));
        acme.types("policy", "create", "old", "--document", acme.file("policy.json", POLICY));
        String next = "{\"name\":\"dry\",\"document\":" + POLICY + "}";
        changes.put("createAwsPolicy", new Change(201, "", next));
        changes.put("changeAwsPolicy", new Change(200, "old", "{\"document\":" + POLICY.replace("t/*", "u/*") + "}"));
        changes.put("deleteAwsPolicy", new Change(200, "old", ""));
        acme.types("enrollment", "create", "things", "--template", acme.file("template.json", TEMPLATE));
        acme.types("claim", "create", "hand-1", "--enrollment", "things", "--trusted-user");
        changes.put(
                "createClaim",
                new Change(201, "", "{\"name\":\"hand-2\",\"enrollment\":\"things\",\"trustedUser\":true}"));
        changes.put("revokeClaim", new Change(200, "hand-1", ""));
        changes.put("createTenant", new Change(201, "", "{\"name\":\"dry\"}"));
        changes.put(
                "createHub",
                new Change(201, "", "{\"name\":\"dry\",\"region\":\"us\",\"endpoint\":\"mqtts://us-1.example.com\"}"));
        changes.put(
                "createEnrollment",
                new Change(
                        201,
                        "",
                        "{\"name\":\"dry\",\"kind\":\"group\",\"proof\":{\"symmetricKey\":{}},"
                                + "\"allocation\":{\"policy\":\"hashed\",\"hubs\":[]}}"));
        changes.put("changeEnrollment", new Change(200, "meters", "{\"enabled\":false}"));
        changes.put("rotateEnrollmentKeys", new Change(200, "meters", ""));
        changes.put("cancelImport", new Change(404, "00000000-0000-0000-0000-000000000000", ""));
        changes.put("createToken", new Change(201, "", "{\"registrationId\":\"gate-2\",\"enrollment\":\"gates\"}"));
        changes.put("revokeToken", new Change(200, token, ""));
        changes.put("createProfile", new Change(201, "", "{\"name\":\"dry\"}"));
        changes.put("changeProfile", new Change(200, "device", "{\"life\":\"P30D\"}"));
        changes.put("revokeCertificate", new Change(404, "4d".repeat(17), "{\"reason\":\"superseded\"}"));
        changes.put("createInstallationKey", new Change(201, "", key));
        changes.put("rotateInstallationKey", new Change(200, mine, "{}"));
        changes.put("revokeInstallationKey", new Change(200, mine, ""));
        changes.put("createKey", new Change(201, "", key));
        changes.put("rotateKey", new Change(200, theirs, "{}"));
        changes.put("revokeKey", new Change(200, theirs, ""));
        changes.put("changeTenant", new Change(200, "", "{\"auditReads\":true}"));
        changes.put("createRegion", new Change(201, "", "{\"name\":\"us\"}"));
        changes.put("changeHub", new Change(200, "eu-1", "{\"weight\":7}"));
        String reason = "{\"reason\":\"lost on site\"}";
        changes.put("quarantineDevice", new Change(200, "pump-1", reason));
        changes.put("releaseDevice", new Change(200, "pump-1", reason));
        changes.put("decommissionDevice", new Change(200, "pump-1", reason));
        changes.put("pauseSink", new Change(200, "events", ""));
        changes.put("resumeSink", new Change(200, "events", ""));
        changes.put("replaySink", new Change(200, "events", "{}"));
        changes.put("reconcileSink", new Change(422, "events", "{}"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> operator.asks("sink", "get", "events")
                                .path("lagEntries")
                                .asLong()
                        == 0);
    }

    private void run(Installation house, String method, String path, String name) {
        Change change = changes.getOrDefault(name, new Change(0, "", ""));
        String real = path.replace("{tenant}", "acme").replaceAll("\\{[A-Za-z]+}", change.tail());
        HttpResponse<String> answer = send(
                house,
                HttpRequest.newBuilder(house.house().deskUrl().resolve(real + "?dryRun=true"))
                        .header("Content-Type", "application/json")
                        .method(method.toUpperCase(Locale.ROOT), HttpRequest.BodyPublishers.ofString(change.body())));
        assertThat(answer.statusCode()).as(name + " " + answer.body()).isEqualTo(change.status());
        assertThat(answer.headers().firstValue("Dry-Run")).as(name).contains("true");
    }

    private static String get(Installation house, String path) {
        URI uri = house.house().deskUrl().resolve(path);
        return send(house, HttpRequest.newBuilder(uri).GET()).body();
    }

    private static HttpResponse<String> send(Installation house, HttpRequest.Builder request) {
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(trusting(house.house().data().serverAnchor()))
                .build()) {
            String token = Files.readString(house.data().resolve("admin.token")).strip();
            return client.send(
                    request.timeout(Duration.ofSeconds(30))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext trusting(Path anchor) throws IOException, GeneralSecurityException {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        try (InputStream pem = Files.newInputStream(anchor)) {
            anchors.setCertificateEntry(
                    "desk", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static Map<String, String> contents(Installation house) throws Exception {
        return Contents.of(house.database(), "lane.seen_at", "sink.lease_until");
    }
}
