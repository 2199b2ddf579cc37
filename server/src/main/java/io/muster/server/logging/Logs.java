package io.muster.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import io.muster.server.settings.Settings.LogFormat;
import io.muster.server.settings.Settings.LogLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// The log of this process.
public final class Logs {

    private static final String APPENDER = "STDERR";

    private static final String OURS = "io.muster";

    private Logs() {}

    /// From now on, everything is written so; what libraries log in other ways comes here, too.
    public static void write(LogFormat format, LogLevel level) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
                && context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(APPENDER)
                        instanceof OutputStreamAppender<ILoggingEvent> appender
                && appender.getEncoder() instanceof LineEncoder encoder) {
            encoder.write(format);
            context.getLogger(OURS).setLevel(Level.toLevel(level.name()));
        }
    }
}
