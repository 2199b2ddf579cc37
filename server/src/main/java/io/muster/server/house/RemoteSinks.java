package io.muster.server.house;

import io.muster.core.device.Name;
import io.muster.outlets.credential.SecretFile;
import io.muster.outlets.credential.TrustAnchors;
import io.muster.outlets.hono.Access;
import io.muster.outlets.hono.DeviceRegistry;
import io.muster.outlets.http.HttpClient;
import io.muster.outlets.http.Peer;
import io.muster.outlets.mqtt.Broker;
import io.muster.outlets.mqtt.EventPublisher;
import io.muster.outlets.webhook.Webhook;
import io.muster.server.settings.SettingsException;
import io.muster.server.settings.SinkKey;
import io.muster.server.settings.SinkSettings;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/// Makes the sinks that are servers of somebody else's. None is asked before there is something to tell; a file that
/// cannot be used stops the start.
final class RemoteSinks {

    private RemoteSinks() {}

    static Webhook webhook(SinkSettings.Webhook settings, InstantSource clock) {
        HttpClient client = client(settings.name(), settings.peer());
        int parallel = settings.peer().parallel();
        return opened(
                settings.name(),
                SinkKey.SECRET_FILE,
                Optional.of(settings.secrets()),
                () -> Webhook.of(settings.url(), settings.secrets(), client, parallel, clock));
    }

    static EventPublisher publisher(SinkSettings.Mqtt settings) {
        Name sink = settings.name();
        Broker broker = settings.broker();
        var _ = opened(sink, SinkKey.TRUST_FILE, broker.anchors(), () -> TrustAnchors.of(broker.anchors()));
        broker.login().ifPresent(login -> secret(sink, SinkKey.PASSWORD_FILE, login.password()));
        return EventPublisher.of(broker, settings.publication());
    }

    static DeviceRegistry registry(SinkSettings.Hono settings, InstantSource clock) {
        switch (settings.access()) {
            case Access.Open() -> {}
            case Access.Bearer(Path token) -> secret(settings.name(), SinkKey.TOKEN_FILE, token);
            case Access.Basic(String _, Path password) -> secret(settings.name(), SinkKey.PASSWORD_FILE, password);
        }
        return DeviceRegistry.of(
                settings.url(),
                settings.access(),
                client(settings.name(), settings.peer()),
                settings.tenants(),
                settings.peer().parallel(),
                clock);
    }

    private static void secret(Name sink, SinkKey key, Path file) {
        var _ = opened(sink, key, Optional.of(file), () -> SecretFile.only(file));
    }

    private static HttpClient client(Name sink, Peer peer) {
        return opened(sink, SinkKey.TRUST_FILE, peer.anchors(), () -> HttpClient.of(peer));
    }

    @FunctionalInterface
    private interface Opening<T> {
        T open() throws IOException;
    }

    private static <T> T opened(Name sink, SinkKey key, Optional<Path> file, Opening<T> opening) {
        try {
            return opening.open();
        } catch (IOException e) {
            throw new SettingsException("The file " + file.map(Path::toString).orElse("of Java's own trust anchors")
                    + " of sink " + sink + " cannot be used: " + words(e) + ". Check "
                    + key.path().replace("NAME", sink.value()) + ".");
        }
    }

    private static String words(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "it is not there";
            case AccessDeniedException _ -> "Muster may not read it";
            default -> Optional.ofNullable(e.getMessage()).orElse("it cannot be read");
        };
    }
}
