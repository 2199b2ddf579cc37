package io.muster.attestors.x509;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// Remembers what was made of the last few inputs, by their whole content. For things that follow from their input
/// alone, so that an old answer is never a wrong one. Safe for many threads.
final class Recent<K, V> {

    private final Map<K, V> made;
    private final Function<K, V> make;

    Recent(int capacity, Function<K, V> make) {
        this.make = make;
        this.made = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > capacity;
            }
        };
    }

    /// Made outside of the lock: two threads may make the same thing, none waits for another.
    V get(K input) {
        V known;
        synchronized (made) {
            known = made.get(input);
        }
        if (known != null) {
            return known;
        }
        V fresh = make.apply(input);
        synchronized (made) {
            made.put(input, fresh);
        }
        return fresh;
    }
}
