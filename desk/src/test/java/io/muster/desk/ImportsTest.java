package io.muster.desk;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.core.device.Name;
import io.muster.core.roster.Enrollment;
import io.muster.desk.testkit.OpenDesk;
import io.muster.desk.testkit.Operator;
import io.muster.desk.testkit.Operator.Answer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ImportsTest {

    private static final Name ACME = new Name("acme");
    private static final String IMPORTS = "/api/v1/tenants/acme/imports";
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

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
    void a_csv_file_may_say_everything_that_an_individual_can_be() {
        JsonObject done = imported("csv", """
                registrationId,name,attestation,primaryKey,secondaryKey,certificate,endorsementKey,hubs,reprovision,keyChange,deviceIdTemplate,type,payload,profile,enabled
                Pump_01,,,%s,%s,,,eu-1,keep,allow,x-{registrationId},pump,"{""a"":[1,""b, c""]}",device,false
                lab-1,my-lab,x509,,,DEVICE lab-1,,,,,,,,,
                """.formatted(KEY, KEY));

        assertThat(done.getString("state")).isEqualTo("done");
        assertThat(done.getJsonObject("items").getMap())
                .containsEntry("total", 2)
                .containsEntry("added", 2)
                .containsEntry("bad", 0);
        Enrollment pump = desk.roster().enrollments(ACME, Optional.empty(), 10).get(1);
        assertThat(pump.name().value()).matches("pump-01-[0-9a-f]{16}");
        assertThat(pump.individual().orElseThrow().display()).isEqualTo("Pump_01");
        assertThat(pump.enabled()).isFalse();
        assertThat(pump.treatment().payload().orElseThrow().text()).isEqualTo("{\"a\":[1,\"b, c\"]}");
        assertThat(desk.roster().enrollment(ACME, new Name("my-lab"))).isPresent();

        assertThat(imported("csv", """
                registrationId,primaryKey,secondaryKey,hubs,reprovision,keyChange,deviceIdTemplate,type,payload,enabled
                Pump_01,%s,%s,eu-1,keep,allow,x-{registrationId},pump,"{""a"":[1,""b, c""]}",false
                """.formatted(KEY, KEY))
                        .getJsonObject("items")
                        .getMap())
                .containsEntry("same", 1)
                .containsEntry("added", 0);
    }

    @Test
    void every_bad_line_is_told_with_its_place_and_a_remedy_and_nothing_is_stored() {
        JsonObject refused = imported("csv", """
                registrationId,primaryKey,hubs,type,payload
                good-1,%1$s,eu-1,pump,
                bad id,%1$s,eu-1,pump,
                good-1,%1$s,eu-1,pump,
                short-key,AAAA,eu-1,pump,
                no-key,,eu-1,pump,
                nowhere,%1$s,us-9,pump,
                =HYPERLINK("x"),%1$s,eu-1,pump,
                formula,%1$s,eu-1,@SUM(A1),
                plus,%1$s,eu-1,+1+cmd|' /C calc'!A0,
                payload,%1$s,eu-1,pump,[1]
                fields,%1$s
                "two
                lines",%1$s,eu-1,pump,
                """.formatted(KEY));

        assertThat(refused.getString("state")).isEqualTo("refused");
        assertThat(lines(refused)).containsExactly(3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L);
        assertThat(refused.getJsonObject("items").getInteger("bad")).isEqualTo(11);
        assertThat(refused.getJsonArray("findings").stream().map(JsonObject.class::cast))
                .allMatch(finding -> !finding.getString("remedy").isBlank())
                .noneMatch(finding -> finding.encode().contains("HYPERLINK")
                        || finding.encode().contains("calc")
                        || finding.encode().contains(KEY));
        assertThat(desk.roster().enrollments(ACME, Optional.empty(), 10)).isEmpty();
    }

    @Test
    void what_is_bad_is_skipped_where_that_is_wanted_and_a_dry_run_stores_nothing() {
        String file = "registrationId,primaryKey\ngood-1,%1$s\nbad id,%1$s\ngood-2,%1$s\n".formatted(KEY);
        JsonObject dry = imported("csv&dryRun=true&skipBad=true", file);
        assertThat(dry.getString("state")).isEqualTo("done");
        assertThat(dry.getJsonObject("items").getMap())
                .containsEntry("added", 2)
                .containsEntry("bad", 1);
        assertThat(desk.roster().enrollments(ACME, Optional.empty(), 10)).isEmpty();

        JsonObject done = imported("csv&skipBad=true", file);
        assertThat(done.getString("state")).isEqualTo("done");
        assertThat(lines(done)).containsExactly(3L);
        assertThat(desk.roster().enrollments(ACME, Optional.empty(), 10)).hasSize(2);
    }

    @Test
    void lines_of_json_are_read_as_the_contract_has_them() {
        JsonObject done = imported("jsonl", """
                {"registrationId":"a-1","proof":{"symmetricKey":{"primaryKey":"%1$s"}}}

                {"name":"b","kind":"individual","registrationId":"b-1","proof":{"x509Pinned":{"primary":"DEVICE b-1"}},"allocation":{"policy":"static","hubs":["eu-1"]}}
                {"name":"g","kind":"group","proof":{"symmetricKey":{"primaryKey":"%1$s"}},"allocation":{"policy":"hashed","hubs":[]}}
                """.formatted(KEY));
        assertThat(done.getString("state")).as(done.encode()).isEqualTo("done");
        assertThat(desk.roster().enrollments(ACME, Optional.empty(), 10))
                .extracting(it -> it.name().value())
                .containsExactly("a-1", "b", "g");

        JsonObject refused = imported("jsonl", """
                {"registrationId":"c-1","proof":{"symmetricKey":{"primaryKey":"%1$s"}},"colour":"red"}
                {"registrationId":"d-1","proof":{"symmetricKey":{}}}
                {"registrationId":"e-1","registrationId":"e-2"}
                [1]
                {"registrationId":"f-1","proof":{"symmetricKey":{"primaryKey":"%1$s"},"oneTimeTokens":{}}}
                {"registrationId":"g-1","proof":{"symmetricKey":{"primaryKey":"%1$s"}},"enabled":"yes"}
                {"registrationId":"h-1"
                """.formatted(KEY));
        assertThat(lines(refused)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(imported("jsonl", "\n\n").getString("state")).isEqualTo("refused");
    }

    @Test
    void a_byte_order_mark_is_passed_over_and_other_encodings_are_refused_with_their_place() {
        String file = "registrationId,primaryKey\nb-1,%s\n".formatted(KEY);
        assertThat(imported("csv", ("\uFEFF" + file).getBytes(UTF_8)).getString("state"))
                .isEqualTo("done");

        JsonObject mixed = imported("csv", concat(file.getBytes(UTF_8), new byte[] {'x', (byte) 0xe9, ',', 'k', '\n'}));
        assertThat(mixed.getString("state")).isEqualTo("refused");
        assertThat(finding(mixed)).contains("character 2", "UTF-8");
        assertThat(lines(mixed)).containsExactly(3L);

        JsonObject cut = imported("csv", concat(file.getBytes(UTF_8), new byte[] {'x', (byte) 0xe2, (byte) 0x82}));
        assertThat(finding(cut)).contains("character 2", "UTF-8");

        JsonObject nul = imported("csv", concat(file.getBytes(UTF_8), "b-2\0,k\n".getBytes(UTF_8)));
        assertThat(finding(nul)).contains("Character 4", "NUL");
        assertThat(lines(nul)).containsExactly(3L);
        assertThat(finding(imported("csv", file.getBytes(UTF_16LE)))).contains("NUL");
        assertThat(finding(imported("csv", file.getBytes(StandardCharsets.UTF_16))))
                .contains("UTF-8");
    }

    @Test
    void a_line_without_an_end_and_a_field_without_an_end_are_refused_in_bounded_memory() {
        String head = "registrationId,primaryKey\na-1," + KEY + "\n";
        assertThat(finding(imported("csv", head + "x".repeat(300_000)))).contains("64 KiB");
        assertThat(finding(imported("csv", head + "\"x\n".repeat(100_000)))).contains("quotation mark");
        assertThat(finding(imported("csv", head + "\"" + "x\n".repeat(150_000))))
                .contains("64 KiB");
        assertThat(finding(imported("jsonl", "{\"a\":\"" + "x".repeat(3_000_000) + "\"}")))
                .contains("64 KiB");
        assertThat(finding(imported("csv", "registrationId;primaryKey\na-1;k\n")))
                .contains("commas");
        assertThat(finding(imported("csv", "registrationId,colour\n"))).contains("column 2");
        assertThat(finding(imported("csv", "name,name\n"))).contains("twice");
    }

    /// A client that goes on sending may see the connection end before it reads the answer.
    @Test
    void a_file_that_is_said_to_be_beyond_the_limit_is_not_read() {
        beyondTheLimit(BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> endless('x')), 1L << 30));
    }

    /// A line of a gigabyte, of which nobody says how long it is: only at full size.
    @Test
    void a_file_that_turns_out_to_be_beyond_the_limit_is_read_no_further() {
        assumeTrue(Boolean.getBoolean("muster.test.full"));
        beyondTheLimit(BodyPublishers.ofInputStream(() -> endless('x')));
    }

    private void beyondTheLimit(BodyPublisher file) {
        try {
            assertThat(operator.send(operator.request(IMPORTS + "?format=csv")
                                    .timeout(Duration.ofMinutes(3))
                                    .POST(file))
                            .status())
                    .isEqualTo(413);
        } catch (IllegalStateException e) {
            assertThat(e).hasRootCauseInstanceOf(IOException.class);
        }
        await().atMost(Duration.ofMinutes(3)).until(() -> newest().getString("state"), "failed"::equals);
        assertThat(newest().getString("failure")).contains("256 MiB");
    }

    @Test
    void an_upload_that_is_cut_off_fails_its_import_and_stores_nothing() {
        InputStream broken = new SequenceInputStream(
                new ByteArrayInputStream("registrationId\n".repeat(100_000).getBytes(UTF_8)), failing());
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> operator.send(
                        operator.request(IMPORTS + "?format=csv").POST(BodyPublishers.ofInputStream(() -> broken)))))
                .isNotNull();
        await().atMost(Duration.ofSeconds(10)).until(() -> newest().getString("state"), "failed"::equals);
        assertThat(newest().getString("failure")).contains("cut off");
        assertThat(desk.works()).isFalse();
    }

    @Test
    void wherever_the_worker_dies_another_goes_on_and_nothing_is_lost_or_counted_twice() {
        String file = IntStream.range(0, 3_000)
                .mapToObj(i -> "d-%d,%s".formatted(i, KEY))
                .collect(Collectors.joining("\n", "registrationId,primaryKey\n", "\n"));
        int steps = 0;
        for (boolean died = true; died; steps++) {
            desk.roster().clear();
            furnish();
            String id = begin("csv", file.getBytes(UTF_8)).getString("id");
            desk.imports().dieAfter(steps);
            desk.works();
            String state = shown(id).getString("state");
            died = !state.equals("done");
            desk.imports().leasesEnd();
            while (desk.works()) {
                assertThat(shown(id).getString("state")).isEqualTo("done");
            }
            assertThat(shown(id).getJsonObject("items").getMap())
                    .as("dead after " + steps + " steps, in " + state)
                    .containsEntry("added", 3_000)
                    .containsEntry("same", 0)
                    .containsEntry("applied", 3_000)
                    .containsEntry("total", 3_000);
        }
        assertThat(steps).isGreaterThan(6);
    }

    @Test
    void a_canceled_import_stores_nothing_more() {
        String id = begin(
                        "csv",
                        "registrationId,primaryKey\na-1,%s\n".formatted(KEY).getBytes(UTF_8))
                .getString("id");
        assertThat(operator.post(IMPORTS + "/" + id + "/cancel", "").json().getString("state"))
                .isEqualTo("canceled");
        assertThat(desk.works()).isFalse();
        assertThat(operator.get(IMPORTS + "/" + id.replace('1', '2')).status()).isEqualTo(404);
    }

    @Test
    void an_import_is_asked_for_in_the_words_of_the_contract() {
        for (String query : List.of("", "?format=xml", "?format=csv&dryRun=yes", "?format=csv&colour=red")) {
            assertThat(operator.send(operator.request(IMPORTS + query).POST(BodyPublishers.ofString("x")))
                            .status())
                    .as(query)
                    .isEqualTo(400);
        }
        assertThat(operator.send(operator.request("/api/v1/tenants/other/imports?format=csv")
                                .POST(BodyPublishers.ofString("x")))
                        .status())
                .isEqualTo(404);
        try (Operator stranger = desk.stranger(Optional.of("wrong"))) {
            assertThat(stranger.send(stranger.request(IMPORTS + "?format=csv").POST(BodyPublishers.ofString("x")))
                            .status())
                    .isEqualTo(401);
        }
    }

    private JsonObject imported(String format, String file) {
        return imported(format, file.getBytes(UTF_8));
    }

    private JsonObject imported(String format, byte[] file) {
        String id = begin(format, file).getString("id");
        assertThat(desk.works()).isTrue();
        return shown(id);
    }

    private JsonObject begin(String format, byte[] file) {
        Answer begun =
                operator.send(operator.request(IMPORTS + "?format=" + format).POST(BodyPublishers.ofByteArray(file)));
        assertThat(begun.status()).as(begun.text()).isEqualTo(202);
        assertThat(begun.json().getString("state")).isEqualTo("validating");
        return begun.json();
    }

    private JsonObject shown(String id) {
        return operator.get(IMPORTS + "/" + id).json();
    }

    private JsonObject newest() {
        return operator.get(IMPORTS).json().getJsonArray("items").getJsonObject(0);
    }

    private static List<Long> lines(JsonObject work) {
        List<Long> lines = new ArrayList<>();
        work.getJsonArray("findings").forEach(finding -> lines.add(((JsonObject) finding).getLong("line")));
        return lines;
    }

    private static String finding(JsonObject work) {
        assertThat(work.getString("state")).as(work.encode()).isEqualTo("refused");
        return work.getJsonArray("findings")
                .getJsonObject(work.getJsonArray("findings").size() - 1)
                .getString("what");
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = new byte[one.length + other.length];
        System.arraycopy(one, 0, both, 0, one.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /// The same byte for ever.
    private static InputStream endless(int value) {
        return new InputStream() {
            @Override
            public int read() {
                return value;
            }

            @Override
            public int read(byte[] to, int from, int most) {
                Arrays.fill(to, from, from + most, (byte) value);
                return most;
            }
        };
    }

    private static InputStream failing() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("pulled out");
            }

            @Override
            public int read(byte[] to, int from, int most) throws IOException {
                throw new IOException("pulled out");
            }
        };
    }
}
