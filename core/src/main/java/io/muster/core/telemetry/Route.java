package io.muster.core.telemetry;

import io.muster.core.device.Name;
import java.util.List;

/// Where messages go about which something holds.
///
/// @param to sinks, each once
public record Route(Name name, RouteCondition when, List<TelemetrySink> to) {

    public Route {
        to = List.copyOf(to);
    }
}
