package io.muster.core.template;

import java.util.Map;
import java.util.Optional;

/// The section `Mappings`: literals only, so that looking something up never evaluates anything.
///
/// @param maps map name, key, name, value
public record Mappings(Map<String, Map<String, Map<String, String>>> maps) {

    public static final Mappings NONE = new Mappings(Map.of());

    public Mappings {
        maps = Map.copyOf(maps);
    }

    /// Whether there is such a map.
    public boolean has(String map) {
        return maps.containsKey(map);
    }

    /// Whether a map has such a key.
    public boolean has(String map, String key) {
        return maps.getOrDefault(map, Map.of()).containsKey(key);
    }

    /// The value of a name under a key.
    public Optional<String> find(String map, String key, String name) {
        return Optional.ofNullable(
                maps.getOrDefault(map, Map.of()).getOrDefault(key, Map.of()).get(name));
    }
}
