package io.muster.fleet.channel;

import java.net.URI;

/// Where a server listens, and what the devices trust there.
///
/// @param base           `https://host:port`
/// @param trustAnchorPem the certificate that the devices trust
public record Address(URI base, String trustAnchorPem) {

    private static final int HTTPS = 443;

    public Address {
        if (!"https".equals(base.getScheme()) || base.getHost() == null) {
            throw new IllegalArgumentException(
                    "The target must look like https://host:port, but is '" + base + "'. Name the device listener.");
        }
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
        return base.getPort() < 0 ? HTTPS : base.getPort();
    }
}
