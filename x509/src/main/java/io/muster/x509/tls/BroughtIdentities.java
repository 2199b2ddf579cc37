package io.muster.x509.tls;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Identities from two files that the user looks after: a chain and its key, both PEM. The files are read again from
/// time to time; a new pair that cannot be used is named in the log, and the old one stays.
public final class BroughtIdentities implements ServerIdentities {

    private static final Logger log = LoggerFactory.getLogger(BroughtIdentities.class);

    private final Path chainFile;
    private final Path keyFile;
    private final InstantSource clock;
    private final Announcer announcer;
    private final Rounds rounds = new Rounds("server-certificate-files", PERIOD, this::refresh);
    private Texts seen;
    private String complaint = "";

    /// What the files held when they were last looked at; not printed, since one is a key.
    private record Texts(String chain, String key) {
        @Override
        public String toString() {
            return "two files";
        }
    }

    /// Fails with [TlsFault] when the files cannot be used at the start.
    public BroughtIdentities(Path chainFile, Path keyFile, InstantSource clock) {
        this.chainFile = chainFile;
        this.keyFile = keyFile;
        this.clock = clock;
        this.seen = read();
        this.announcer = new Announcer(identity(seen));
    }

    @Override
    public ServerIdentity current() {
        return announcer.current();
    }

    @Override
    public void onChange(Consumer<ServerIdentity> listener) {
        announcer.onChange(listener);
    }

    /// Chain and key are two files: for a moment only one of them may be new. That is named too, and soon over.
    @Override
    public synchronized void refresh() {
        try {
            Texts now = read();
            if (!now.equals(seen)) {
                seen = now;
                announcer.announce(identity(now));
                complaint = "";
                log.info("The server certificate was read again from {}.", chainFile);
            }
        } catch (TlsFault e) {
            complain(e);
        }
    }

    /// Once, not at every round.
    private void complain(TlsFault fault) {
        String what = String.valueOf(fault.getMessage());
        if (!what.equals(complaint)) {
            complaint = what;
            log.warn("The changed server certificate is not used, the old one stays: {}", what);
        }
    }

    private Texts read() {
        return new Texts(PemFile.text(chainFile), PemFile.text(keyFile));
    }

    private ServerIdentity identity(Texts texts) {
        ServerIdentity identity = PemIdentity.of(chainFile, texts.chain(), keyFile, texts.key());
        if (clock.instant().isAfter(identity.certificate().getNotAfter().toInstant())) {
            throw new TlsFault("The server certificate in " + chainFile + " expired at "
                    + identity.certificate().getNotAfter().toInstant() + ". Renew it.");
        }
        return identity;
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
