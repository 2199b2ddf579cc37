package io.muster.server.house;

import io.muster.desk.Desk;
import io.muster.desk.wire.ServerIdentity;
import io.muster.server.settings.Settings;
import io.muster.x509.tls.IssuedIdentities;
import io.muster.x509.tls.ServerNames;
import io.muster.x509.tls.TlsAuthority;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What the desk shows of itself: always by Muster's own TLS CA, and always good for this machine, so that a local
/// command reaches it whatever names and certificates the listeners have.
final class DeskIdentity implements AutoCloseable {

    private final IssuedIdentities identities;

    private DeskIdentity(IssuedIdentities identities) {
        this.identities = identities;
    }

    static DeskIdentity issue(Settings.Listeners listeners, TlsAuthority authority, InstantSource clock) {
        Set<String> names = new LinkedHashSet<>(listeners.names());
        names.addAll(List.of("localhost", "127.0.0.1"));
        return new DeskIdentity(new IssuedIdentities(authority, new ServerNames(List.copyOf(names)), clock));
    }

    ServerIdentity current() {
        return shown(identities.current());
    }

    /// Gives the desk each later identity.
    void feed(Desk desk) {
        identities.onChange(next -> desk.use(shown(next)));
        identities.start();
    }

    private static ServerIdentity shown(io.muster.x509.tls.ServerIdentity identity) {
        return new ServerIdentity(identity.key(), identity.chain());
    }

    @Override
    public void close() {
        identities.close();
    }
}
