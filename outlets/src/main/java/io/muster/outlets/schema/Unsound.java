package io.muster.outlets.schema;

import io.muster.core.device.JsonPlace;
import io.muster.core.template.Fault;

/// A schema that is not taken, and where. It never leaves this room.
final class Unsound extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    Unsound(JsonPlace place, String what, String remedy) {
        super(what, null, false, false);
        this.fault = new Fault(place, what + ".", remedy + ".");
    }

    Fault fault() {
        return fault;
    }
}
