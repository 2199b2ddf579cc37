package io.muster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.cli.command.Rhythm;
import io.muster.cli.command.Session;
import io.muster.cli.page.Sheet;
import io.muster.cli.testkit.ScriptedServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Watches lists in a time that only the watching itself moves on.
final class WatchTest {

    private static final String NONE = "{\"items\":[]}";
    private static final String ACME = "{\"items\":[{\"name\":\"acme\",\"idScope\":\"acme\",\"enabled\":true}]}";

    @TempDir
    private Path data;

    private ScriptedServer server;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Duration> rests = new ArrayList<>();
    private long now;
    private int patience = Integer.MAX_VALUE;

    @BeforeEach
    void start() {
        server = new ScriptedServer(data);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_list_is_asked_for_every_two_seconds_for_as_long_as_was_said() {
        Stream.of(NONE, NONE, NONE, NONE).forEach(body -> server.willAnswer(200, body));
        assertThat(watch(false, "--watch-for", "5s")).isZero();
        assertThat(server.asked()).hasSize(4);
        assertThat(rests).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(1));
        assertThat(out.toString().lines()).containsExactly("None.");
    }

    @Test
    void a_script_gets_a_document_for_each_change() {
        Stream.of(NONE, NONE, ACME, ACME).forEach(body -> server.willAnswer(200, body));
        patience = 3;
        assertThat(watch(false, "--watch", "-o", "json")).isZero();
        assertThat(out.toString().lines()).containsExactly(NONE, ACME);
    }

    @Test
    void documents_of_yaml_are_parted() {
        Stream.of(NONE, ACME).forEach(body -> server.willAnswer(200, body));
        patience = 1;
        assertThat(watch(false, "--watch", "-o", "yaml", "--query", "items[].name"))
                .isZero();
        assertThat(out.toString().lines()).containsExactly("---", "[]", "---", "- \"acme\"");
    }

    @Test
    void a_terminal_is_redrawn_every_time() {
        Stream.of(NONE, NONE).forEach(body -> server.willAnswer(200, body));
        patience = 1;
        assertThat(watch(true, "--watch")).isZero();
        assertThat(out).hasToString("\u001b[H\u001b[2JNone.\n\u001b[H\u001b[2JNone.\n");
    }

    @Test
    void a_server_that_is_away_for_a_while_is_waited_for_and_told_of_once() {
        server.willAnswer(200, NONE);
        server.willAnswer(503, "{\"title\":\"The server cannot serve this now\"}");
        server.willAnswer(503, "{\"title\":\"The server cannot serve this now\"}");
        server.willAnswer(200, ACME);
        patience = 3;
        assertThat(watch(false, "--watch", "--query", "items[].name")).isZero();
        assertThat(out.toString().lines()).containsExactly("None.", "", "acme");
        assertThat(err.toString().lines())
                .containsExactly("muster: The server does not answer; asking again every 2 seconds.");
    }

    @Test
    void a_watch_that_ends_while_the_server_is_away_says_so() {
        server.willAnswer(503, "{\"title\":\"The server cannot serve this now\"}");
        assertThat(watch(false, "--watch-for", "0")).isEqualTo(7);
        assertThat(err.toString()).contains("muster: The server cannot serve this now.");
    }

    @Test
    void a_query_that_stops_fitting_ends_the_watch() {
        server.willAnswer(200, ACME);
        server.willAnswer(200, "{\"items\":3}");
        assertThat(watch(false, "--watch", "--query", "length(items)")).isEqualTo(2);
        assertThat(out.toString().lines()).containsExactly("1");
    }

    private int watch(boolean live, String... options) {
        PrintWriter to = new PrintWriter(out);
        PrintWriter toErr = new PrintWriter(err);
        Session session = new Session(new Sheet(to, toErr, live), Map.of(), new Rhythm(() -> now, this::rest));
        String[] words = Stream.concat(Stream.of("tenant", "list", "--data", data.toString()), Stream.of(options))
                .toArray(String[]::new);
        return Main.run(words, to, toErr, UTF_8, session);
    }

    /// Time passes; after so many rests somebody presses Ctrl-C.
    private boolean rest(Duration span) {
        rests.add(span);
        now += span.toNanos();
        return rests.size() <= patience;
    }
}
