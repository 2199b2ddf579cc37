package io.muster.core.ledger;

import io.muster.core.door.Parting;
import java.time.Instant;
import java.util.Optional;

/// Whether a device is connected, and since when. It changes without an entry: nobody decides it, and it may be lost.
///
/// @param door     the protocol of its newest connection, such as `hub-azure-mqtt`
/// @param network  whence that came, as coarsely as a site: `192.0.2.0/24`; empty where it is no address
/// @param since    when the device connected; once it did not stay, when it ended
/// @param lastSeen when something last came of it, to some minutes while it is connected
/// @param parting  why its last connection ended; empty while there is one
public record Presence(
        String door, Optional<String> network, Instant since, Instant lastSeen, Optional<Parting> parting) {

    public boolean connected() {
        return parting.isEmpty();
    }

    /// Says when and whence a device came: it is not printed.
    @Override
    public String toString() {
        return connected() ? "connected" : "not connected";
    }
}
