package io.muster.doors.muster;

import java.util.List;
import java.util.Optional;

/// What this door serves, each with the one method that it takes.
enum NativePath {
    ENROLL("enroll", "POST"),
    AUTHORITIES("authorities", "GET"),
    DESCRIPTION("openapi.json", "GET");

    private final String segment;
    private final String method;

    NativePath(String segment, String method) {
        this.segment = segment;
        this.method = method;
    }

    String method() {
        return method;
    }

    /// Empty when the path is not one of these.
    static Optional<NativePath> of(List<String> segments) {
        if (segments.size() != 1) {
            return Optional.empty();
        }
        for (NativePath path : values()) {
            if (path.segment.equals(segments.getFirst())) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }
}
