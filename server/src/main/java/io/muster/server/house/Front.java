package io.muster.server.house;

import io.muster.desk.health.Readiness;
import io.muster.doors.listener.HttpDoor;
import io.muster.doors.listener.Listener;
import io.muster.doors.listener.ServerTls;
import io.muster.doors.listener.SizeLimits;
import io.muster.doors.listener.TimeLimits;
import io.muster.doors.listener.TlsWatch;
import io.muster.doors.listener.Transport;
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
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The listeners on which devices knock, with their identity.
final class Front implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Front.class);

    private final ServerIdentities identities;
    private final ServerTls tls;
    private final Listener https;

    private Front(ServerIdentities identities, ServerTls tls, Listener https) {
        this.identities = identities;
        this.tls = tls;
        this.https = https;
    }

    static Front open(
            Transport transport,
            Settings.Listeners settings,
            TlsAuthority authority,
            List<HttpDoor> doors,
            InstantSource clock,
            TlsWatch watch) {
        ServerIdentities identities = settings.brought()
                .<ServerIdentities>map(files -> new BroughtIdentities(files.certificate(), files.key(), clock))
                .orElseGet(() -> new IssuedIdentities(authority, new ServerNames(settings.names()), clock));
        try {
            ServerTls tls = new ServerTls(shown(identities.current()), watch);
            InetSocketAddress address = new InetSocketAddress(settings.host(), settings.httpsPort());
            Listener https = Listener.open(transport, address, tls, doors, SizeLimits.usual(), TimeLimits.usual());
            Front front = new Front(identities, tls, https);
            identities.onChange(front::present);
            identities.start();
            return front;
        } catch (IOException e) {
            identities.close();
            throw new SettingsException("Devices cannot be served on " + settings.host() + ":" + settings.httpsPort()
                    + " (" + why(e) + "). Stop what uses that port, or set listeners.https.port to another one.");
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

    int connections() {
        return https.connections();
    }

    Readiness readiness() {
        return new Readiness() {
            @Override
            public String name() {
                return "https listener";
            }

            @Override
            public Optional<String> missing() {
                return https.serving() ? Optional.empty() : Optional.of("The HTTPS listener is closed.");
            }
        };
    }

    @Override
    public void close() {
        https.close();
        tls.close();
        identities.close();
    }
}
