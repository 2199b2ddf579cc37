package io.muster.server.house;

import io.muster.desk.health.Readiness;
import io.muster.doors.listener.Listener;
import io.muster.doors.listener.ServerTls;
import io.muster.doors.listener.SizeLimits;
import io.muster.doors.listener.Spoken;
import io.muster.doors.listener.TimeLimits;
import io.muster.doors.listener.TlsWatch;
import io.muster.doors.listener.Transport;
import io.muster.server.settings.Key;
import io.muster.server.settings.Settings;
import io.muster.server.settings.SettingsException;
import io.muster.x509.tls.BroughtIdentities;
import io.muster.x509.tls.IssuedIdentities;
import io.muster.x509.tls.ServerIdentities;
import io.muster.x509.tls.ServerIdentity;
import io.muster.x509.tls.ServerNames;
import io.muster.x509.tls.TlsAuthority;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The listeners on which devices knock, with their identity.
final class Front implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Front.class);

    private final ServerIdentities identities;
    private final ServerTls tls;
    private final Listener https;
    private final Optional<Listener> mqtt;

    private Front(ServerIdentities identities, ServerTls tls, Listener https, Optional<Listener> mqtt) {
        this.identities = identities;
        this.tls = tls;
        this.https = https;
        this.mqtt = mqtt;
    }

    static Front open(
            Transport transport,
            Settings.Listeners settings,
            TlsAuthority authority,
            Doors doors,
            InstantSource clock,
            TlsWatch watch) {
        ServerIdentities identities = settings.brought()
                .<ServerIdentities>map(files -> new BroughtIdentities(files.certificate(), files.key(), clock))
                .orElseGet(() -> new IssuedIdentities(authority, new ServerNames(settings.certificateNames()), clock));
        Closing half = new Closing();
        half.add(identities);
        try {
            ServerTls tls = half.add(new ServerTls(
                    shown(identities.current()), watch, List.copyOf(doors.mqtt().alpn())));
            Ports ports = new Ports(transport, settings.host(), tls);
            Listener https = half.add(ports.open(settings.httpsPort(), Key.LISTENERS_HTTPS_PORT, doors.everything()));
            Optional<Listener> mqtt = settings.mqttPort().isPresent()
                    ? Optional.of(
                            ports.open(settings.mqttPort().getAsInt(), Key.LISTENERS_MQTT_PORT, doors.mqttAlone()))
                    : Optional.empty();
            Front front = new Front(identities, tls, https, mqtt);
            identities.onChange(front::present);
            identities.start();
            return front;
        } catch (SSLException e) {
            half.close();
            throw new SettingsException("The server's certificate cannot be used: " + e.getMessage());
        } catch (RuntimeException e) {
            half.close();
            throw e;
        }
    }

    private record Ports(Transport transport, String host, ServerTls tls) {
        Listener open(int port, Key key, Spoken spoken) {
            InetSocketAddress address = new InetSocketAddress(host, port);
            try {
                return Listener.open(transport, address, tls, spoken, SizeLimits.usual(), TimeLimits.usual());
            } catch (IOException e) {
                throw new SettingsException("Devices cannot be served on " + host + ":" + port + " (" + why(e)
                        + "). Stop what uses that port, or set " + key.path() + " to another one.");
            }
        }
    }

    static String why(IOException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return String.valueOf(cause.getMessage());
    }

    private void present(ServerIdentity next) {
        try {
            tls.present(shown(next));
        } catch (SSLException e) {
            LOG.warn("The new server certificate cannot be used, the old one stays: {}", e.getMessage());
        }
    }

    private static io.muster.doors.listener.ServerIdentity shown(ServerIdentity identity) {
        return new io.muster.doors.listener.ServerIdentity(identity.key(), identity.chain());
    }

    /// What the listener shows.
    X509Certificate certificate() {
        return identities.current().certificate();
    }

    int httpsPort() {
        return https.address().getPort();
    }

    /// Empty where MQTT has no port of its own.
    OptionalInt mqttPort() {
        return mqtt.map(it -> OptionalInt.of(it.address().getPort())).orElse(OptionalInt.empty());
    }

    int httpsConnections() {
        return https.connections();
    }

    int mqttConnections() {
        return mqtt.map(Listener::connections).orElse(0);
    }

    /// One of each listener.
    List<Readiness> readiness() {
        return Stream.concat(
                        Stream.of(readiness("https listener", "The HTTPS listener is closed.", https)),
                        mqtt.stream().map(it -> readiness("mqtt listener", "The MQTT listener is closed.", it)))
                .toList();
    }

    private static Readiness readiness(String name, String closed, Listener listener) {
        return new Readiness() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Optional<String> missing() {
                return listener.serving() ? Optional.empty() : Optional.of(closed);
            }
        };
    }

    @Override
    public void close() {
        mqtt.ifPresent(Listener::close);
        https.close();
        tls.close();
        identities.close();
    }
}
