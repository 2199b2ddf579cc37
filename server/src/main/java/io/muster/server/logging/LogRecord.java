package io.muster.server.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is written of one event.
///
/// @param numbers of the attempt or the request that it belongs to, by their names
/// @param failure an exception and its causes, each with the place where it was thrown
record LogRecord(
        Instant time,
        String level,
        String logger,
        String message,
        Map<String, String> numbers,
        Optional<List<String>> failure) {

    private static final int MOST_CAUSES = 8;
    private static final int MOST_FRAMES = 5;

    static LogRecord of(ILoggingEvent event) {
        return new LogRecord(
                event.getInstant().truncatedTo(ChronoUnit.MILLIS),
                event.getLevel().toString(),
                event.getLoggerName(),
                String.valueOf(event.getFormattedMessage()),
                new TreeMap<>(event.getMDCPropertyMap()),
                Optional.ofNullable(event.getThrowableProxy()).map(LogRecord::causes));
    }

    /// The last part of the logger's name.
    String shortLogger() {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }

    private static List<String> causes(IThrowableProxy thrown) {
        List<String> causes = new ArrayList<>();
        @Nullable IThrowableProxy cause = thrown;
        while (cause != null && causes.size() < MOST_CAUSES) {
            causes.add(words(cause));
            cause = cause.getCause();
        }
        return List.copyOf(causes);
    }

    private static String words(IThrowableProxy thrown) {
        StringBuilder words = new StringBuilder(thrown.getClassName());
        if (thrown.getMessage() != null) {
            words.append(": ").append(thrown.getMessage());
        }
        StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
        for (int i = 0; i < Math.min(MOST_FRAMES, frames.length); i++) {
            words.append(i == 0 ? " at " : ", ").append(frames[i].getStackTraceElement());
        }
        return words.toString();
    }
}
