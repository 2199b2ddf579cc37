package io.muster.doors.est;

import io.muster.core.device.Name;
import java.util.Optional;

/// The label of RFC 7030 section 3.2.2: `tenant` or `tenant.enrollment`. A name has no dot, so there is one way to read
/// it.
record EstLabel(Name tenant, Optional<Name> enrollment) {

    static Optional<EstLabel> parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            return Name.parse(text).map(tenant -> new EstLabel(tenant, Optional.empty()));
        }
        return Name.parse(text.substring(0, dot)).flatMap(tenant -> Name.parse(text.substring(dot + 1))
                .map(enrollment -> new EstLabel(tenant, Optional.of(enrollment))));
    }
}
