package io.muster.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.desk.testkit.OpenDesk;
import io.muster.desk.testkit.Operator;
import io.muster.desk.testkit.Samples;
import io.vertx.openapi.contract.Operation;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The operator of the testkit holds every answer against the contract; here every operation gets its turn.
final class ContractTest {

    private static final String TENANT = "/api/v1/tenants/acme";

    @Test
    void every_operation_answers_as_the_contract_says() {
        try (OpenDesk desk = new OpenDesk();
                Operator operator = desk.operator()) {
            desk.ledger().holds(Samples.certified(Samples.device("pump-1", "eu"), 1));
            desk.ledger().holds(Samples.accepted("pump-1"));
            desk.ledger().holds(Samples.refused("pump-1"));
            desk.certificates().holds(Samples.certificate("pump-1", 1));
            walk(operator);

            List<String> answered = operator.contract().operations().stream()
                    .map(Operation::getOperationId)
                    .filter(name -> operator.seen().stream().anyMatch(seen -> seen.startsWith(name + " 20")))
                    .toList();
            assertThat(answered)
                    .containsExactlyInAnyOrderElementsOf(operator.contract().operations().stream()
                            .map(Operation::getOperationId)
                            .toList());
        }
    }

    private static void walk(Operator operator) {
        List.of("/health/live", "/health/ready", "/metrics", "/api/v1/installation")
                .forEach(operator::get);
        operator.post("/api/v1/tenants", "{\"name\":\"acme\"}");
        operator.post(
                TENANT + "/hubs",
                "{\"name\":\"eu-1\",\"region\":\"eu\",\"endpoint\":\"mqtts://EU-1.example.com\",\"weight\":2}");
        operator.post(TENANT + "/enrollments", """
                {"name":"pumps","kind":"group","proof":{"x509":{"caCertificates":"CA one\\nCA two"}},
                 "allocation":{"policy":"static","hubs":["eu-1"]},"type":"pump","payload":{"a":[1,{"b":null}]}}
                """);
        operator.post(TENANT + "/enrollments", """
                {"name":"lab","kind":"individual","registrationId":"Lab-1",
                 "proof":{"x509Pinned":{"primary":"DEVICE lab-1","secondary":"DEVICE lab-1b"}},
                 "allocation":{"policy":"hashed","hubs":[]},"reprovision":"reset","keyChange":"allow",
                 "deviceIdTemplate":"lab-{registrationId}","enabled":false}
                """);
        operator.post(TENANT + "/enrollments", """
                {"name":"meters","kind":"group","proof":{"symmetricKey":{}},
                 "allocation":{"policy":"hashed","hubs":["eu-1"]}}
                """);
        operator.post(TENANT + "/enrollments", """
                {"name":"boards","kind":"group",
                 "proof":{"tpm":{"manufacturers":"CA one\\nCA two","allowed":["%s"],"revocations":"CRL one"}},
                 "allocation":{"policy":"hashed","hubs":["eu-1"]}}
                """.formatted("ab".repeat(32)));
        operator.patch(TENANT + "/enrollments/lab", "{\"enabled\":true}");
        operator.post(TENANT + "/enrollments/meters/keys/rotate", "");
        operator.get(TENANT + "/telemetry");
        anchors(operator);
        certificates(operator);
        claims(operator);
        keys(operator, "/api/v1/keys");
        keys(operator, TENANT + "/keys");
        imports(operator);
        operator.post(
                TENANT + "/policy/test",
                "{\"enrollment\":\"pumps\",\"sample\":{\"registrationId\":\"p-1\",\"proof\":\"assumed\"}}");
        operator.post(TENANT + "/policy/diff", "{\"enrollment\":\"pumps\",\"change\":{\"enabled\":false}}");
        List.of(
                        "/api/v1/installation/checks",
                        "/api/v1/tenants",
                        TENANT,
                        TENANT + "/hubs",
                        TENANT + "/hubs/eu-1",
                        TENANT + "/enrollments",
                        TENANT + "/enrollments/pumps",
                        TENANT + "/enrollments/pumps/versions",
                        TENANT + "/tokens",
                        TENANT + "/certificate-profiles",
                        TENANT + "/certificate-profiles/device",
                        TENANT + "/certificates",
                        TENANT + "/certificates/" + Samples.serial(1),
                        TENANT + "/authority",
                        TENANT + "/devices",
                        TENANT + "/devices/pump-1",
                        TENANT + "/devices/pump-1/attempts",
                        TENANT + "/attempts/" + Samples.REFUSED)
                .forEach(operator::get);
        records(operator);
    }

    private static void records(Operator operator) {
        operator.get(TENANT + "/devices/pump-1/bindings");
        operator.get(TENANT
                + "/attempts?code=initial&result=accepted&enrollment=pumps&door=dps-https&since=2026-01-01T00:00:00Z");
        operator.get(TENANT + "/operations?state=waiting");
        operator.get(TENANT + "/operations/00000000-0000-0002-0000-000000000003");
        operator.get(TENANT + "/audit?kind=hubChanged&actor=key:ann&subject=hub:eu-1&until=2030-01-01T00:00:00.5Z");
        operator.get("/api/v1/audit");
        operator.post("/api/v1/audit/verify", "");
        operator.patch(TENANT + "/hubs/eu-1", "{\"weight\":0,\"enabled\":false}");
        operator.post(TENANT + "/regions", "{\"name\":\"us\"}");
        operator.get(TENANT + "/regions");
        operator.patch(TENANT, "{\"auditReads\":true}");
        for (String place : List.of("", "/events", "/events/dead-letters")) {
            operator.get("/api/v1/sinks" + place);
        }
        operator.post("/api/v1/sinks/events/pause", "");
        operator.post("/api/v1/sinks/events/resume", "");
        operator.post(TENANT + "/sinks/events/reconcile", "{\"mend\":true}");
        operator.post("/api/v1/sinks/events/replay", "{\"from\":\"2026-01-01T00:00:00Z\"}");
        for (String verb : List.of("quarantine", "release", "decommission")) {
            operator.post(TENANT + "/devices/pump-1/" + verb, "{\"reason\":\"to see\"}");
        }
    }

    private static void imports(Operator operator) {
        Operator.Answer begun = operator.send(operator.request(TENANT + "/imports?format=csv&dryRun=true")
                .POST(HttpRequest.BodyPublishers.ofString("registrationId\n")));
        String location = TENANT + "/imports/" + begun.json().getString("id");
        operator.get(TENANT + "/imports");
        operator.get(location);
        operator.post(location + "/cancel", "");
    }

    private static void claims(Operator operator) {
        operator.post(TENANT + "/enrollments", """
                {"name":"things","kind":"group","proof":{"claims":{}},"template":{"thing":"SerialNumber"},
                 "allocation":{"policy":"hashed","hubs":["eu-1"]},"admission":"approval"}
                """);
        operator.post(TENANT + "/aws-policies", "{\"name\":\"Pumps@1\",\"document\":{\"allow\":[\"topic/a\"]}}");
        operator.get(TENANT + "/aws-policies?limit=1");
        operator.get(TENANT + "/aws-policies/Pumps@1");
        operator.patch(TENANT + "/aws-policies/Pumps@1", "{\"document\":{\"allow\":[\"topic/b\"]}}");
        operator.delete(TENANT + "/aws-policies/Pumps@1");
        operator.post(TENANT + "/claims", """
                {"name":"line-1","enrollment":"things","certificate":"DEVICE line-1","creates":7,"window":"PT1H",
                 "perSecond":3,"clientIds":"line-","expiresAfter":"P30D"}
                """);
        operator.post(TENANT + "/claims", "{\"name\":\"hand-1\",\"enrollment\":\"things\",\"trustedUser\":true}");
        operator.get(TENANT + "/claims");
        operator.get(TENANT + "/claims/line-1");
        operator.post(TENANT + "/claims/line-1/revoke", "");
        operator.get(TENANT + "/enrollments/things/versions/1");
        operator.post(
                TENANT + "/template/test",
                "{\"enrollment\":\"things\",\"sample\":{\"parameters\":{\"SerialNumber\":\"p-1\"}}}");
        operator.post(
                TENANT + "/template/diff",
                "{\"enrollment\":\"things\",\"template\":{\"thing\":\"Id\"},\"samples\":[{}]}");
        operator.post(
                TENANT + "/policy/aws-simulate",
                "{\"document\":{\"allow\":[\"topic/a\"]},\"action\":\"publish\",\"topic\":\"a\"}");
    }

    private static void keys(Operator operator, String path) {
        String id = operator.post(path, "{\"name\":\"ci\",\"role\":\"viewer\"}")
                .json()
                .getString("id");
        operator.get(path);
        operator.get(path + "/" + id);
        operator.post(path + "/" + id + "/rotate", "{}");
        operator.post(path + "/" + id + "/revoke", "");
    }

    private static void anchors(Operator operator) {
        String code = operator.post(TENANT + "/anchors", "{\"name\":\"maker\",\"certificate\":\"CA three\"}")
                .json()
                .getString("verificationCode");
        operator.get(TENANT + "/anchors?status=unverified");
        operator.post(TENANT + "/anchors/maker/verify", "{\"certificate\":\"PROOF " + code + "\"}");
        operator.get(TENANT + "/anchors/maker");
        operator.delete(TENANT + "/anchors/maker");
    }

    private static void certificates(Operator operator) {
        operator.post(TENANT + "/certificate-profiles", """
                {"name":"gate","life":"P30D","backdating":"PT0S","algorithms":["p256","rsa"],
                 "keyUsages":["digitalSignature","keyAgreement"],"purposes":["clientAuth","1.3.6.1.4.1.5555.1"],
                 "subject":"requested","alternativeNames":["dns:{registrationId}.{tenant}.example.com"],
                 "serverKeys":false}
                """);
        operator.patch(TENANT + "/certificate-profiles/gate", "{\"life\":\"PT12H\"}");
        operator.post(TENANT + "/enrollments", """
                {"name":"gates","kind":"group","proof":{"oneTimeTokens":{}},
                 "allocation":{"policy":"hashed","hubs":["eu-1"]},
                 "certificates":{"profile":"gate","renewAfter":"PT0S","grace":"P30D","rekey":false,
                                 "subjectChange":true}}
                """);
        String token = operator.post(
                        TENANT + "/tokens",
                        "{\"registrationId\":\"Gate-1\",\"enrollment\":\"gates\",\"uses\":2,\"expiresAfter\":\"PT1H\"}")
                .json()
                .getString("id");
        operator.post(TENANT + "/tokens/" + token + "/revoke", "");
        operator.post(TENANT + "/certificates/" + Samples.serial(1) + "/revoke", "{\"reason\":\"keyCompromise\"}");
    }

    @Test
    void the_contract_is_served_as_it_is_written() {
        try (OpenDesk desk = new OpenDesk();
                Operator operator = desk.stranger(Optional.empty())) {
            var answer = operator.get("/openapi.yaml");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.contentType()).isEqualTo("application/yaml");
            assertThat(answer.text()).startsWith("openapi: 3.1.0").contains("application/problem+json");
        }
    }
}
