package io.muster.server.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import io.muster.server.settings.Settings.LogFormat;
import java.nio.charset.StandardCharsets;

/// Writes each record as one line.
public final class LineEncoder extends EncoderBase<ILoggingEvent> {

    private volatile LogFormat format = LogFormat.TEXT;

    /// From the next record on.
    public void write(LogFormat next) {
        format = next;
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        LogRecord record = LogRecord.of(event);
        String line =
                switch (format) {
                    case TEXT -> TextLine.of(record);
                    case JSON -> JsonLine.of(record);
                };
        return (line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
