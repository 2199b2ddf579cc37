package io.muster.server.house;

import io.muster.doors.listener.HttpDoor;
import io.muster.doors.listener.Protocol;
import io.muster.doors.listener.Spoken;
import java.util.List;

/// What devices may speak.
///
/// @param http in the order in which they are asked
/// @param mqtt for the port of its own, and beside HTTP
record Doors(List<HttpDoor> http, Protocol mqtt) {

    Doors {
        http = List.copyOf(http);
    }

    Spoken everything() {
        return new Spoken.Http(http, List.of(mqtt));
    }

    Spoken mqttAlone() {
        return new Spoken.Only(mqtt);
    }
}
