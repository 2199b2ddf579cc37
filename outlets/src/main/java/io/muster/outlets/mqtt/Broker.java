package io.muster.outlets.mqtt;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// The broker, and how this client stands before it.
///
/// @param url      `mqtts://host:port`; `mqtt://` for a broker on this machine
/// @param clientId the same on every node: whoever connects ends the connection of a node that is believed dead
/// @param anchors  PEM certificates that the broker's certificate must lead to; empty for those that Java trusts
public record Broker(URI url, String clientId, Optional<Path> anchors, Optional<Login> login) {

    /// @param password the file that holds it
    public record Login(String user, Path password) {}

    boolean isEncrypted() {
        return "mqtts".equals(url.getScheme());
    }

    int port() {
        if (url.getPort() > 0) {
            return url.getPort();
        }
        return isEncrypted() ? 8883 : 1883;
    }
}
