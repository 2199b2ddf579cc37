package io.muster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.cli.testkit.ScriptedServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PagesTest {

    private static final String PAGE = "{\"items\":[{\"name\":\"acme\"}],\"next\":\"abc\"}";

    @TempDir
    private Path data;

    @ParameterizedTest
    @ValueSource(strings = {"table", "json", "yaml"})
    void no_page_is_fetched_for_a_reader_that_went_away(String format) {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        try (ScriptedServer server = new ScriptedServer(data)) {
            server.willAnswer(200, PAGE);
            server.willAnswer(200, PAGE);
            StringWriter err = new StringWriter();
            String[] words = {"tenant", "list", "--all", "-o", format, "--data", data.toString()};
            Main.run(words, new PrintWriter(closed, false, UTF_8), new PrintWriter(err), UTF_8, Map.of());
            assertThat(server.asked()).hasSize(1);
            assertThat(err.toString()).isEmpty();
        }
    }

    @Test
    void a_query_over_more_than_it_may_see_is_refused_and_the_rest_not_fetched() {
        try (ScriptedServer server = new ScriptedServer(data)) {
            String items = "{\"name\":\"acme\"},".repeat(25_001);
            String page = "{\"items\":[" + items.substring(0, items.length() - 1) + "],\"next\":\"abc\"}";
            for (int i = 0; i < 3; i++) {
                server.willAnswer(200, page);
            }
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            String[] words = {"tenant", "list", "--all", "--query", "length(items)", "--data", data.toString()};
            int exit = Main.run(words, new PrintWriter(out), new PrintWriter(err), UTF_8, Map.of());
            assertThat(exit).isEqualTo(2);
            assertThat(server.asked()).hasSize(2);
            assertThat(out.toString()).isEmpty();
            assertThat(err.toString()).contains("50,000 items");
        }
    }
}
