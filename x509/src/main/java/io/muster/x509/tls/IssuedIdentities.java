package io.muster.x509.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Identities from Muster's own TLS CA, each with a new key. The next one is issued when a third of the present one's
/// life is left, or when the names change. They live in memory only: a new start issues anew.
public final class IssuedIdentities implements ServerIdentities {

    private static final Logger log = LoggerFactory.getLogger(IssuedIdentities.class);

    private final TlsAuthority authority;
    private final InstantSource clock;
    private final Announcer announcer;
    private final Rounds rounds = new Rounds("server-certificate-renewal", PERIOD, this::refresh);
    private ServerNames names;

    public IssuedIdentities(TlsAuthority authority, ServerNames names, InstantSource clock) {
        this.authority = authority;
        this.clock = clock;
        this.names = names;
        this.announcer = new Announcer(authority.issue(names));
    }

    @Override
    public ServerIdentity current() {
        return announcer.current();
    }

    @Override
    public void onChange(Consumer<ServerIdentity> listener) {
        announcer.onChange(listener);
    }

    /// Issues for other names from now on.
    public synchronized void rename(ServerNames changed) {
        if (!changed.equals(names)) {
            names = changed;
            renew();
        }
    }

    @Override
    public synchronized void refresh() {
        if (isDue(current().certificate(), clock.instant())) {
            renew();
        }
    }

    private void renew() {
        ServerIdentity next = authority.issue(names);
        announcer.announce(next);
        log.info(
                "The server certificate was renewed; it is valid until {}.",
                next.certificate().getNotAfter().toInstant());
    }

    private static boolean isDue(X509Certificate certificate, Instant now) {
        Instant end = certificate.getNotAfter().toInstant();
        Duration life = Duration.between(certificate.getNotBefore().toInstant(), end);
        return !now.isBefore(end.minus(life.dividedBy(3)));
    }

    @Override
    public void start() {
        rounds.start();
    }

    @Override
    public void close() {
        rounds.close();
    }
}
