package io.muster.fleet.channel;

import java.net.URI;

/// Where a server listens, and what the devices trust there.
///
/// @param base           `https://host:port`, or `mqtts://host:port`
/// @param trustAnchorPem the certificate that the devices trust
public record Address(URI base, String trustAnchorPem) {

    private static final int HTTPS = 443;
    private static final int MQTTS = 8883;

    public Address {
        if (base.getHost() == null || !("https".equals(base.getScheme()) || "mqtts".equals(base.getScheme()))) {
            throw new IllegalArgumentException(
                    "The target must look like https://host:port or mqtts://host:port, but is '" + base
                            + "'. Name the device listener.");
        }
    }

    /// Whether MQTT is spoken there; HTTP if not.
    public boolean speaksMqtt() {
        return "mqtts".equals(base.getScheme());
    }

    /// What a request's Host field says.
    public String authority() {
        return base.getAuthority();
    }

    String host() {
        String host = base.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    int port() {
        if (base.getPort() >= 0) {
            return base.getPort();
        }
        return speaksMqtt() ? MQTTS : HTTPS;
    }
}
