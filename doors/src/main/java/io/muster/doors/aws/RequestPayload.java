package io.muster.doors.aws;

import java.util.Map;

/// What a request says; what it does not say is empty.
///
/// @param signingRequest a certificate request in PEM
record RequestPayload(String signingRequest, String ownershipToken, Map<String, String> parameters) {

    static final RequestPayload EMPTY = new RequestPayload("", "", Map.of());

    RequestPayload {
        parameters = Map.copyOf(parameters);
    }

    /// The token opens a certificate for an hour: it is not printed.
    @Override
    public String toString() {
        return "a request with " + parameters.size() + " parameters";
    }
}
