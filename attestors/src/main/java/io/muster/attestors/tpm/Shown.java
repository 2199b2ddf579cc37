package io.muster.attestors.tpm;

import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import java.util.Optional;

/// Finds evidence of one kind.
final class Shown {

    private Shown() {}

    static <E extends Evidence> Optional<E> first(EnrollmentRequest request, Class<E> kind) {
        return request.evidence().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
    }
}
