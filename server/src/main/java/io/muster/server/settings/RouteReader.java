package io.muster.server.settings;

import io.muster.core.device.Name;
import io.muster.core.telemetry.Router;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Reads where messages go: the routes, each under a name of the operator's own, and the place for what is put aside.
final class RouteReader {

    /// How the path of each setting of a route begins.
    static final String PREFIX = "routes.";

    private static final int MOST = 64;
    private static final Set<String> WORDS = Set.of("when", "to");

    private final Map<Name, SinkSettings> sinks;
    private final Optional<Name> quarantine;

    RouteReader(List<SinkSettings> sinks, Optional<String> quarantine) {
        this.sinks = sinks.stream().collect(Collectors.toMap(SinkSettings::name, it -> it));
        this.quarantine = quarantine.map(text -> known(Key.TELEMETRY_QUARANTINE.path(), text));
        if (this.quarantine.equals(Optional.of(Router.STANDARD))) {
            throw new SettingsException(
                    Key.TELEMETRY_QUARANTINE.path() + " is standard: what is put aside is never mixed"
                            + " with other messages. Name another sink, or leave it out.");
        }
        if (this.sinks.containsKey(Router.STANDARD)) {
            throw new SettingsException(
                    "A sink is named standard, and so is the file that comes with Muster. Choose another name.");
        }
    }

    /// The sink for what is put aside; empty for the file that comes with Muster.
    Optional<Name> quarantine() {
        return quarantine;
    }

    /// @param values by their whole path
    List<RouteSettings> read(Map<String, String> values) {
        Map<String, Map<String, String>> routes = new TreeMap<>();
        values.forEach((path, value) -> {
            String rest = path.substring(PREFIX.length());
            int dot = rest.indexOf('.');
            if (dot < 1 || !WORDS.contains(rest.substring(dot + 1))) {
                throw new SettingsException(
                        "There is no setting \"" + path + "\". A route has routes.NAME.when and" + " routes.NAME.to.");
            }
            routes.computeIfAbsent(rest.substring(0, dot), name -> new TreeMap<>())
                    .put(rest.substring(dot + 1), value.strip());
        });
        if (routes.size() > MOST) {
            throw new SettingsException("There are " + routes.size() + " routes; " + MOST + " is the most.");
        }
        return routes.entrySet().stream()
                .map(route -> route(route.getKey(), route.getValue()))
                .toList();
    }

    private RouteSettings route(String text, Map<String, String> values) {
        Name name = Name.parse(text)
                .filter(it -> !it.equals(Router.STANDARD) && !it.equals(Router.QUARANTINE))
                .orElseThrow(() -> new SettingsException("\"" + text + "\" is no name for a route: " + Name.RULE
                        + ", and neither standard nor quarantine. Choose another."));
        String to = PREFIX + name + ".to";
        List<Name> sinksOfRoute = Arrays.stream(required(values, name, "to").split(",", -1))
                .map(sink -> known(to, sink.strip()))
                .distinct()
                .toList();
        if (quarantine.filter(sinksOfRoute::contains).isPresent()) {
            throw new SettingsException(to + " leads to the sink of " + Key.TELEMETRY_QUARANTINE.path()
                    + ": what is put aside is never mixed with other messages. Name another sink.");
        }
        return new RouteSettings(name, required(values, name, "when"), sinksOfRoute);
    }

    private static String required(Map<String, String> values, Name route, String word) {
        String value = values.getOrDefault(word, "");
        if (value.isEmpty()) {
            throw new SettingsException(PREFIX + route + "." + word + " is not set, and every route needs it.");
        }
        return value;
    }

    private Name known(String place, String text) {
        return Name.parse(text)
                .filter(name -> keeps(name) || name.equals(Router.STANDARD))
                .orElseThrow(() -> new SettingsException(place + " names the sink \"" + text
                        + "\", and there is none of that name that keeps messages. There are " + names() + "."));
    }

    private boolean keeps(Name name) {
        return sinks.get(name) instanceof SinkSettings.Keeper;
    }

    private String names() {
        return sinks.keySet().stream()
                        .filter(this::keeps)
                        .map(Name::value)
                        .sorted()
                        .map(name -> name + ", ")
                        .collect(Collectors.joining())
                + Router.STANDARD;
    }
}
