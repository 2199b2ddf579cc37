package io.muster.x509.tls;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds the present identity and tells of the next one.
final class Announcer {

    private static final Logger log = LoggerFactory.getLogger(Announcer.class);

    private final List<Consumer<ServerIdentity>> listeners = new CopyOnWriteArrayList<>();
    private volatile ServerIdentity current;

    Announcer(ServerIdentity first) {
        this.current = first;
    }

    ServerIdentity current() {
        return current;
    }

    void onChange(Consumer<ServerIdentity> listener) {
        listeners.add(listener);
    }

    void announce(ServerIdentity next) {
        current = next;
        for (Consumer<ServerIdentity> listener : listeners) {
            try {
                listener.accept(next);
            } catch (RuntimeException e) {
                log.error("A listener did not take the new server certificate; it goes on with the old one.", e);
            }
        }
    }
}
