package io.muster.core.connectivity;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The address of a hub.
///
/// @param scheme `mqtts`, `amqps`, `https`, `wss`, or `mqtt` for a hub behind other protection
/// @param host   DNS name or IP literal, lower case; what DPS calls `assignedHub`
/// @param port   1 to 65535
public record HubEndpoint(String scheme, String host, int port) {

    /// The endpoint in words, for messages that refuse another.
    public static final String RULE =
            "scheme://host[:port] with mqtts, amqps, https, wss or mqtt, and nothing behind it";

    /// Longest endpoint, in characters: a DNS name (RFC 1035 section 2.3.4) with scheme and port.
    private static final int MAX_LENGTH = 300;

    private static final Map<String, Integer> PORTS =
            Map.of("mqtts", 8883, "amqps", 5671, "https", 443, "wss", 443, "mqtt", 1883);

    /// Parses an endpoint at the wall; empty when the text is not one.
    public static Optional<HubEndpoint> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            Integer standard = PORTS.get(scheme);
            if (standard == null || uri.getHost() == null || !bare(uri)) {
                return Optional.empty();
            }
            int port = uri.getPort() == -1 ? standard : uri.getPort();
            return port < 1 || port > 65_535
                    ? Optional.empty()
                    : Optional.of(new HubEndpoint(scheme, uri.getHost().toLowerCase(Locale.ROOT), port));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean bare(URI uri) {
        return uri.getUserInfo() == null
                && uri.getQuery() == null
                && uri.getFragment() == null
                && (uri.getPath().isEmpty() || uri.getPath().equals("/"));
    }

    public String uri() {
        return scheme + "://" + host + ":" + port;
    }
}
