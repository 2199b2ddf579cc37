package io.muster.doors.listener;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Path and query of a request, decoded once. What comes out holds printable ASCII only, no dot-segment, no empty
/// segment and no separator inside a segment, so that no two readers of a path can disagree on it.
///
/// @param path     as sent, without the query
/// @param segments of the path, decoded
/// @param query    parameters, decoded, in the order sent
public record RequestTarget(String path, List<String> segments, Map<String, String> query) {

    private static final int MAX_SEGMENTS = 32;
    private static final int MAX_PARAMETERS = 32;

    public RequestTarget {
        segments = List.copyOf(segments);
        query = Map.copyOf(query);
    }

    /// Parses a target in origin form (RFC 9112 section 3.2.1), the only one that a device sends. Empty when it is
    /// another form or breaks a rule above, or repeats a parameter.
    public static Optional<RequestTarget> parse(String raw) {
        if (!raw.startsWith("/") || raw.indexOf('#') >= 0) {
            return Optional.empty();
        }
        int mark = raw.indexOf('?');
        String path = mark < 0 ? raw : raw.substring(0, mark);
        String query = mark < 0 ? "" : raw.substring(mark + 1);
        return segments(path).flatMap(parts -> parameters(query).map(named -> new RequestTarget(path, parts, named)));
    }

    private static Optional<List<String>> segments(String path) {
        String[] parts = path.substring(1).split("/", MAX_SEGMENTS + 1);
        if (parts.length > MAX_SEGMENTS) {
            return Optional.empty();
        }
        List<String> segments = new ArrayList<>(parts.length);
        for (String part : parts) {
            Optional<String> segment = PercentText.decode(part).filter(RequestTarget::isSegment);
            if (segment.isEmpty()) {
                return path.length() == 1 ? Optional.of(List.of()) : Optional.empty();
            }
            segments.add(segment.get());
        }
        return Optional.of(segments);
    }

    private static boolean isSegment(String text) {
        return !text.isEmpty()
                && !text.equals(".")
                && !text.equals("..")
                && text.indexOf('/') < 0
                && text.indexOf('\\') < 0;
    }

    private static Optional<Map<String, String>> parameters(String query) {
        if (query.isEmpty()) {
            return Optional.of(Map.of());
        }
        String[] parts = query.split("&", MAX_PARAMETERS + 1);
        if (parts.length > MAX_PARAMETERS) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String part : parts) {
            if (!part.isEmpty() && !add(parameters, part)) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    private static boolean add(Map<String, String> parameters, String part) {
        int equals = part.indexOf('=');
        Optional<String> name = PercentText.decode(equals < 0 ? part : part.substring(0, equals));
        Optional<String> value = PercentText.decode(equals < 0 ? "" : part.substring(equals + 1));
        return name.isPresent()
                && value.isPresent()
                && !name.get().isEmpty()
                && parameters.putIfAbsent(name.get(), value.get()) == null;
    }
}
