package io.muster.server.house;

import io.muster.core.telemetry.Telemetry;
import io.muster.outlets.file.TelemetryFile;
import io.muster.server.settings.Key;
import io.muster.server.settings.Settings;
import io.muster.server.settings.SettingsException;
import java.io.IOException;
import java.time.InstantSource;

/// Where the messages of connected devices are kept. It closes after the doors: whoever says something
/// until then is heard.
final class MessageRoom implements AutoCloseable {

    private final TelemetryFile file;

    private MessageRoom(TelemetryFile file) {
        this.file = file;
    }

    static MessageRoom open(Settings settings, InstantSource clock) {
        try {
            return new MessageRoom(TelemetryFile.open(settings.messages(), clock));
        } catch (IOException e) {
            throw new SettingsException("The messages of devices cannot be kept in " + settings.messages() + " ("
                    + e.getMessage() + "). Set " + Key.TELEMETRY_FILE.path() + " to another folder.");
        }
    }

    Telemetry telemetry() {
        return file;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
