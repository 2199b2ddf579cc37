package io.muster.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Device;
import io.muster.fleet.device.GroupKey;
import io.muster.fleet.device.Keysmith;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.SymmetricDevice;
import io.muster.fleet.device.TokenDevice;
import io.muster.fleet.dps.Ending;
import io.muster.fleet.dps.Target;
import io.muster.fleet.est.Applicant;
import io.muster.fleet.est.Certification;
import io.muster.fleet.est.EstClient;
import io.muster.fleet.est.EstTarget;
import io.muster.fleet.est.Issuance;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Door;
import io.muster.server.testkit.EstCustomer;
import io.muster.server.testkit.Installation;
import io.muster.server.testkit.MovableClock;
import io.muster.server.testkit.Operator;
import io.muster.server.testkit.Reporter;
import io.muster.server.testkit.Scrape;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What Prometheus sees of a house in which everything has happened once.
class MetricsTest {

    private static final Path REPOSITORY = Path.of("..");
    private static final Pattern ROW = Pattern.compile("\\| `(muster_[a-z_]+)` \\| (\\w+) \\| ([^|]*) \\| .+ \\|");
    private static final Pattern MENTIONED = Pattern.compile("\\b(?:muster|jvm|process)_[a-z0-9_]+");
    private static final List<String> SUFFIXES = List.of("_bucket", "_sum", "_count");

    private static final MovableClock CLOCK = new MovableClock();

    @AutoClose
    private static final Installation HOUSE = Installation.open(CLOCK, "sinks.events.kind=file");

    private static final EstCustomer ACME = EstCustomer.create(HOUSE, "acme");
    private static final Target TARGET = HOUSE.target("acme");

    @BeforeAll
    static void everything_happens_once() throws Exception {
        Customer customer = ACME.customer();
        GroupKey meters = customer.sharesKey("meters");
        Device meter = meters.make("Quicksilver-Meter-1");
        Door.DPS_HTTPS.knock(TARGET, meter);
        Door.DPS_HTTPS.knock(TARGET, meter);
        Door.NATIVE.knock(TARGET, meters.make("Quicksilver-Meter-2"));
        byte[] own = Base64.getDecoder().decode(customer.givesKey("cinnabar-bench", "Cinnabar-Bench-1"));
        Door.NATIVE.knock(TARGET, new SymmetricDevice("Cinnabar-Bench-1", own));
        Door.NATIVE.knock(
                TARGET,
                GroupKey.fromBase64("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
                        .make("Orpiment-Impostor"));
        Door.NATIVE.knock(HOUSE.target("nowhere-at-all"), meter);
        certify(customer);
        Operator.elsewhere(
                Map.of(
                        "MUSTER_URL", HOUSE.house().deskUrl().toString(),
                        "MUSTER_TOKEN", "wrong-wrong-wrong-wrong-wrong-wrong-wrong",
                        "MUSTER_CA", HOUSE.house().data().serverAnchor().toString()),
                "tenant",
                "list");
        speakNoTls();
        report(customer);
        defer(meters);
    }

    private static void report(Customer customer) throws Exception {
        Maker maker = Maker.found("Talkers");
        customer.trusts("talkers", maker.rootPem());
        Reporter.says(Reporter.at(HOUSE), maker.make("Verdigris-Talker-1"), "warm", "{}", "{}");
    }

    private static void certify(Customer customer) throws Exception {
        customer.types("profile", "create", "short", "--life", "5d");
        ACME.handsOutTokens("gates", "--certificate-profile", "short");
        Device gate = new TokenDevice("Realgar-Gate-1", ACME.token("gates", "Realgar-Gate-1"));
        Applicant applicant = new Applicant(
                gate, new Keysmith().requests(List.of("Realgar-Gate-1")).getFirst());
        EstTarget est = new EstTarget(TARGET.base(), TARGET.trustAnchorPem(), "acme.gates");
        try (EstClient client = new EstClient(est, Patience.tries(3), 1)) {
            CompletableFuture<Certification> end = new CompletableFuture<>();
            client.enroll(applicant, System.nanoTime(), end::complete);
            assertThat(end.get(60, TimeUnit.SECONDS).issuance()).isInstanceOf(Issuance.Issued.class);
        }
    }

    private static void speakNoTls() throws Exception {
        try (Socket socket = new Socket(TARGET.base().getHost(), TARGET.base().getPort())) {
            socket.getOutputStream().write("SSH-2.0-somebody\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThan(64);
        }
    }

    /// One device goes away, the other one polls.
    private static void defer(GroupKey meters) throws Exception {
        CLOCK.beOff(Duration.ofMinutes(10));
        Door.NATIVE.knock(TARGET, meters.make("Quicksilver-Meter-3"));
        CompletableFuture<Ending> polls =
                CompletableFuture.supplyAsync(() -> Door.DPS_HTTPS.knock(TARGET, meters.make("Quicksilver-Meter-4")));
        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .pollInterval(1, TimeUnit.SECONDS)
                .until(() -> Scrape.of(HOUSE).sum("muster_operations_waiting") == 2);
        CLOCK.beOff(Duration.ZERO);
        assertThat(polls.get(60, TimeUnit.SECONDS)).isInstanceOf(Ending.Enrolled.class);
        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> Scrape.of(HOUSE).sum("muster_operations_drained_total", "code", "initial") == 2);
    }

    @Test
    void attempts_are_counted_by_door_tenant_enrollment_and_outcome() {
        Scrape scrape = Scrape.of(HOUSE);
        String name = "muster_attempts_total";
        assertThat(scrape.sum(name, "door", "dps-https", "tenant", "acme", "enrollment", "meters", "code", "initial"))
                .isEqualTo(1);
        assertThat(scrape.sum(name, "door", "dps-https", "enrollment", "meters", "code", "unchanged"))
                .isEqualTo(1);
        assertThat(scrape.sum(name, "door", "native", "enrollment", "meters", "code", "initial"))
                .isEqualTo(1);
        assertThat(scrape.sum(name, "door", "native", "enrollment", "meters", "code", "deferred"))
                .isEqualTo(1);
        assertThat(scrape.sum(name, "door", "est", "enrollment", "gates", "code", "initial"))
                .isEqualTo(1);
        assertThat(scrape.sum(name, "door", "native", "tenant", "acme", "enrollment", ""))
                .isEqualTo(1);
        assertThat(scrape.sum(name, "code", "unknown_tenant", "tenant", "")).isEqualTo(1);
    }

    @Test
    void individual_enrollments_share_a_label_and_no_device_is_named() {
        Scrape scrape = Scrape.of(HOUSE);
        assertThat(scrape.values("muster_attempts_total", "enrollment"))
                .containsExactlyInAnyOrder("", "meters", "gates", "talkers", "(individual)");
        assertThat(scrape.values("muster_attempts_total", "tenant")).containsExactlyInAnyOrder("", "acme");
        assertThat(scrape.text().toLowerCase(Locale.ROOT))
                .doesNotContain(
                        "quicksilver", "cinnabar", "orpiment", "realgar", "verdigris", "nowhere-at-all", "127.0.0.1");
    }

    @Test
    void messages_of_devices_are_counted_by_route_and_sink() {
        Scrape scrape = Scrape.of(HOUSE);
        assertThat(scrape.sum("muster_telemetry_messages_total", "outcome", "accepted"))
                .isEqualTo(2);
        assertThat(scrape.sum("muster_telemetry_messages_total", "outcome", "refused"))
                .isZero();
        assertThat(scrape.sum("muster_telemetry_routed_total", "route", "standard"))
                .isEqualTo(2);
        assertThat(scrape.sum("muster_telemetry_delivered_total", "sink", "standard"))
                .isEqualTo(2);
        assertThat(scrape.sum("muster_telemetry_delivered_bytes_total", "sink", "standard"))
                .isGreaterThan(1_000);
        assertThat(scrape.sum("muster_telemetry_duration_seconds")).isEqualTo(2);
    }

    @Test
    void every_step_of_an_attempt_is_measured() {
        Scrape scrape = Scrape.of(HOUSE);
        assertThat(scrape.values("muster_step_duration_seconds", "step"))
                .containsExactlyInAnyOrder("recognize", "attest", "look", "decide", "consult", "certify", "record");
        assertThat(scrape.sum("muster_step_duration_seconds", "door", "est", "step", "certify"))
                .isEqualTo(1);
        assertThat(scrape.sum("muster_step_duration_seconds", "door", "dps-https", "step", "record"))
                .isEqualTo(2);
        assertThat(scrape.sum("muster_attempt_duration_seconds", "door", "dps-https"))
                .isEqualTo(3);
        assertThat(scrape.sum("muster_polls_total", "door", "dps-https", "kind", "status"))
                .isPositive();
    }

    @Test
    void the_writer_the_pool_and_the_listeners_are_measured() {
        Scrape scrape = Scrape.of(HOUSE);
        assertThat(scrape.sum("muster_writer_batch_acts")).isGreaterThanOrEqualTo(5);
        assertThat(scrape.sum("muster_writer_commit_duration_seconds"))
                .isEqualTo(scrape.sum("muster_writer_batch_acts"));
        assertThat(scrape.sum("muster_writer_lane")).isEqualTo(1);
        assertThat(scrape.sum("muster_writer_head_sequence")).isGreaterThan(5);
        assertThat(scrape.sum("muster_pool_connections", "state", "idle")).isPositive();
        assertThat(scrape.values("muster_listener_connections", "listener"))
                .containsExactly("https", "mqtt", "objects");
        assertThat(scrape.sum("muster_operations_oldest_age_seconds")).isGreaterThanOrEqualTo(0);
    }

    @Test
    void handshakes_are_counted_by_version_and_group_and_their_failures_by_reason() {
        Scrape scrape = Scrape.of(HOUSE);
        assertThat(scrape.values("muster_tls_handshakes_total", "version")).containsExactly("TLSv1.3");
        assertThat(scrape.values("muster_tls_handshakes_total", "group")).doesNotContain("unknown");
        assertThat(scrape.sum("muster_tls_handshake_failures_total", "reason", "not_tls"))
                .isEqualTo(1);
    }

    @Test
    void certificates_that_end_soon_and_failed_log_ins_are_counted() {
        Scrape scrape = Scrape.of(HOUSE);
        assertThat(scrape.sum("muster_desk_failed_logins_total")).isPositive();
        for (String within : List.of("7d", "30d", "90d")) {
            assertThat(scrape.sum("muster_certificates_expiring", "tenant", "acme", "within", within))
                    .isEqualTo(1);
        }
    }

    @Test
    void the_table_in_the_documentation_is_what_is_exported() throws Exception {
        Scrape scrape = Scrape.of(HOUSE);
        Map<String, String> exported = new TreeMap<>();
        scrape.names().stream()
                .filter(name -> name.startsWith("muster_"))
                .forEach(name -> exported.put(name, scrape.type(name) + " " + String.join(", ", scrape.labels(name))));
        Map<String, String> documented = new TreeMap<>();
        Matcher rows = ROW.matcher(Files.readString(REPOSITORY.resolve("docs/observability.md")));
        while (rows.find()) {
            Set<String> labels = Stream.of(rows.group(3).replace("`", "").split(",", -1))
                    .map(String::strip)
                    .filter(label -> !label.equals("-"))
                    .collect(Collectors.toCollection(TreeSet::new));
            documented.put(rows.group(1), rows.group(2) + " " + String.join(", ", labels));
        }
        documented.remove("muster_trace_spans_total");
        assertThat(documented).isEqualTo(exported);
    }

    @Test
    void every_metric_of_the_dashboard_and_of_the_alerts_is_exported() throws Exception {
        Set<String> names = Scrape.of(HOUSE).names();
        for (String example : List.of("grafana/muster.json", "prometheus/alerts.yml")) {
            String text = Files.readString(REPOSITORY.resolve("examples").resolve(example));
            Set<String> mentioned = MENTIONED
                    .matcher(text)
                    .results()
                    .map(found -> family(found.group(), names))
                    .filter(name -> !name.equals("muster_trace_spans_total"))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(mentioned).as(example).isNotEmpty().isSubsetOf(names);
        }
    }

    private static String family(String name, Set<String> names) {
        if (names.contains(name)) {
            return name;
        }
        return SUFFIXES.stream()
                .filter(name::endsWith)
                .map(suffix -> name.substring(0, name.length() - suffix.length()))
                .filter(names::contains)
                .findFirst()
                .orElse(name);
    }
}
