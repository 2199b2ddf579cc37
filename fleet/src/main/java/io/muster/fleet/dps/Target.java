package io.muster.fleet.dps;

import java.net.URI;

/// The server at which a fleet arrives.
///
/// @param base           its address, `https://host:port`
/// @param trustAnchorPem the certificate that the devices trust
/// @param idScope        the ID scope that the devices were given
public record Target(URI base, String trustAnchorPem, String idScope) {

    private static final int HTTPS = 443;

    public Target {
        if (!"https".equals(base.getScheme()) || base.getHost() == null) {
            throw new IllegalArgumentException(
                    "The target must look like https://host:port, but is '" + base + "'. Name the DPS listener.");
        }
    }

    String host() {
        String host = base.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    int port() {
        return base.getPort() < 0 ? HTTPS : base.getPort();
    }
}
