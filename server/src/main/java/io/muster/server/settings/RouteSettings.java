package io.muster.server.settings;

import io.muster.core.device.Name;
import java.util.List;

/// Where messages go of which an expression is true.
///
/// @param when the expression, in CEL; whoever compiles it says whether it can be used
/// @param to   names of sinks
public record RouteSettings(Name name, String when, List<Name> to) {

    public RouteSettings {
        to = List.copyOf(to);
    }

    /// As the expression's place stands in a file.
    public String place() {
        return RouteReader.PREFIX + name + ".when";
    }
}
