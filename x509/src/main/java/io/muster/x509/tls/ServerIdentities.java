package io.muster.x509.tls;

import java.time.Duration;
import java.util.function.Consumer;

/// Where a listener gets its identity from, now and later.
public sealed interface ServerIdentities extends AutoCloseable permits IssuedIdentities, BroughtIdentities {

    /// How often a renewal or a change of files is looked for.
    Duration PERIOD = Duration.ofSeconds(10);

    /// The identity to show from now on.
    ServerIdentity current();

    /// Tells of each later identity, on a thread of this source. What the listener throws is logged, not passed on.
    void onChange(Consumer<ServerIdentity> listener);

    /// Looks at once whether there is a new identity, and tells of it.
    void refresh();

    /// Looks from time to time, until closed.
    void start();

    @Override
    void close();
}
