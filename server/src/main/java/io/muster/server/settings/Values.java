package io.muster.server.settings;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/// What was set, before anything of it is checked but its keys; what comes later wins.
///
/// @param keys  by key
/// @param sinks  of the sinks, by path
/// @param routes of the routes, by path
record Values(Map<Key, String> keys, Map<String, String> sinks, Map<String, String> routes) {

    Values() {
        this(new EnumMap<>(Key.class), new TreeMap<>(), new TreeMap<>());
    }

    void put(String path, String value) {
        if (path.startsWith(SinkReader.PREFIX)) {
            sinks.put(path, value);
        } else if (path.startsWith(RouteReader.PREFIX)) {
            routes.put(path, value);
        } else {
            keys.put(Key.named(path), value);
        }
    }
}
