package io.muster.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.server.settings.Settings.LogFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LineEncoderTest {

    private static final String EVIL = "a\r\nWARN forged\u001b[2J\u0007\u0000\u007f\u0085\u009b31m\u2028\u202e\u200bz";

    private final LoggerContext context = new LoggerContext();
    private final LineEncoder encoder = new LineEncoder();

    @Test
    void text_has_time_level_logger_number_and_message() {
        assertThat(line(LogFormat.TEXT, "The ledger is unavailable.", null, Map.of("attempt", "0190")))
                .isEqualTo("2026-03-01T12:00:00.123Z WARN  Enroll [attempt 0190]: The ledger is unavailable.\n");
    }

    @Test
    void json_has_time_level_logger_number_and_message() throws Exception {
        JsonNode json = new ObjectMapper()
                .readTree(line(LogFormat.JSON, "The ledger is unavailable.", null, Map.of("request", "0190")));
        assertThat(json).isEqualTo(new ObjectMapper().readTree("""
                {"time":"2026-03-01T12:00:00.123Z","level":"WARN","logger":"io.muster.core.flow.Enroll",
                 "message":"The ledger is unavailable.","request":"0190"}
                """));
    }

    @ParameterizedTest
    @EnumSource(LogFormat.class)
    void nothing_that_is_said_breaks_a_line_or_moves_a_terminal(LogFormat format) {
        Throwable thrown = new IllegalStateException(EVIL, new IllegalArgumentException(EVIL));
        String line = line(format, EVIL, thrown, Map.of("attempt", EVIL));
        assertThat(line).endsWith("\n");
        assertThat(line.strip().codePoints())
                .allMatch(point -> point >= 0x20 && point != 0x7f && !(point >= 0x80 && point < 0xa0))
                .doesNotContain(0x2028, 0x202e, 0x200b);
    }

    @Test
    void json_gives_back_what_was_said() throws Exception {
        JsonNode json =
                new ObjectMapper().readTree(line(LogFormat.JSON, EVIL, new IllegalStateException("why"), Map.of()));
        assertThat(json.path("message").asText()).isEqualTo(EVIL);
        assertThat(json.path("failure").get(0).asText())
                .startsWith("java.lang.IllegalStateException: why at io.muster.server.logging.LineEncoderTest.");
    }

    @Test
    void a_failure_is_written_with_its_causes() {
        Throwable thrown = new IllegalStateException("outer", new IllegalArgumentException("inner"));
        assertThat(line(LogFormat.TEXT, "It failed.", thrown, Map.of()))
                .contains("It failed. (java.lang.IllegalStateException: outer at ")
                .contains("; caused by java.lang.IllegalArgumentException: inner at ");
    }

    private String line(LogFormat format, String message, @Nullable Throwable thrown, Map<String, String> numbers) {
        encoder.write(format);
        LoggingEvent event = new LoggingEvent(
                "", context.getLogger("io.muster.core.flow.Enroll"), Level.WARN, message, thrown, null);
        event.setInstant(Instant.parse("2026-03-01T12:00:00.123456Z"));
        event.setMDCPropertyMap(numbers);
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }
}
