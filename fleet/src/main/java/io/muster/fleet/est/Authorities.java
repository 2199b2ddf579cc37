package io.muster.fleet.est;

import java.util.List;

/// What a server answered when it was asked for its CA certificates.
public sealed interface Authorities {

    /// @param pem      the certificates, one after the other
    /// @param subjects their subjects in the same order
    record Known(String pem, List<String> subjects) implements Authorities {
        public Known {
            subjects = List.copyOf(subjects);
        }
    }

    /// The server answered, and said no.
    record Withheld(int status, String message) implements Authorities {}

    /// No valid answer arrived.
    record Lost(String reason) implements Authorities {}
}
