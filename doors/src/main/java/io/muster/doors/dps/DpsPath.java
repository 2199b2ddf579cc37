package io.muster.doors.dps;

import java.util.List;
import java.util.Optional;

/// A path of the DPS device API, with the one method that it takes.
sealed interface DpsPath {

    String scope();

    /// As in the path, not yet checked.
    String registrationId();

    String method();

    /// `PUT /{scope}/registrations/{id}/register`
    record Register(String scope, String registrationId) implements DpsPath {
        @Override
        public String method() {
            return "PUT";
        }
    }

    /// `GET /{scope}/registrations/{id}/operations/{operationId}`
    record Status(String scope, String registrationId, String operationId) implements DpsPath {
        @Override
        public String method() {
            return "GET";
        }
    }

    /// `POST /{scope}/registrations/{id}`
    record LookUp(String scope, String registrationId) implements DpsPath {
        @Override
        public String method() {
            return "POST";
        }
    }

    /// Empty when the path is not one of these three.
    static Optional<DpsPath> of(List<String> segments) {
        if (segments.size() < 3 || !segments.get(1).equals("registrations")) {
            return Optional.empty();
        }
        String scope = segments.getFirst();
        String id = segments.get(2);
        return switch (segments.size()) {
            case 3 -> Optional.of(new LookUp(scope, id));
            case 4 -> segments.get(3).equals("register") ? Optional.of(new Register(scope, id)) : Optional.empty();
            case 5 ->
                segments.get(3).equals("operations")
                        ? Optional.of(new Status(scope, id, segments.get(4)))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }
}
