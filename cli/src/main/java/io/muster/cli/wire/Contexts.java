package io.muster.cli.wire;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The named servers of one user.
///
/// @param current which is asked where nothing else is said
public record Contexts(Optional<String> current, SortedMap<String, Context> byName) {

    public static Contexts none() {
        return new Contexts(Optional.empty(), new TreeMap<>());
    }

    public Contexts {
        byName = new TreeMap<>(byName);
    }

    public Optional<Context> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /// Adds or replaces one; the first becomes the current one.
    public Contexts with(Context context) {
        SortedMap<String, Context> all = new TreeMap<>(byName);
        all.put(context.name(), context);
        return new Contexts(current.or(() -> Optional.of(context.name())), all);
    }

    public Contexts without(String name) {
        SortedMap<String, Context> all = new TreeMap<>(byName);
        all.remove(name);
        return new Contexts(current.filter(other -> !other.equals(name)), all);
    }

    public Contexts using(String name) {
        return new Contexts(Optional.of(name), byName);
    }
}
