package io.muster.x509.path;

import io.muster.x509.codec.Certificate;
import java.util.List;

/// What came of following a chain.
public sealed interface Validation {

    /// @param path the device's certificate, its intermediates, and last the anchor
    record Valid(List<Certificate> path) implements Validation {

        public Valid {
            path = List.copyOf(path);
        }

        public Certificate leaf() {
            return path.getFirst();
        }

        public Certificate anchor() {
            return path.getLast();
        }
    }

    record Invalid(PathFinding finding) implements Validation {}
}
