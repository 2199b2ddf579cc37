package io.muster.outlets.http;

import io.muster.core.device.Bytes;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// A request. Its headers and its body may hold secrets: it does not print.
///
/// @param body empty for none
public record Ask(Method method, URI uri, Map<String, String> headers, Optional<Bytes> body) {

    public enum Method {
        GET,
        POST,
        PUT,
        DELETE
    }

    public Ask {
        headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return method + " " + uri.getHost();
    }
}
