package io.muster.core.template;

import io.muster.core.device.JsonPlace;

/// Ends an evaluation from any depth. It never leaves this room: see [Instantiation].
final class FaultFound extends Exception {

    private final transient Fault fault;

    FaultFound(JsonPlace place, String what, String remedy) {
        super(what, null, false, false);
        this.fault = new Fault(place, what, remedy);
    }

    Fault fault() {
        return fault;
    }
}
