package io.muster.core.flow;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// What was read once and is needed again. It is bounded: when it is full, it begins anew.
final class Remembered<K, V> {

    private static final int MOST = 512;

    private final Map<K, V> known = new ConcurrentHashMap<>();

    V of(K key, Function<K, V> read) {
        if (known.size() >= MOST) {
            known.clear();
        }
        return known.computeIfAbsent(key, read);
    }
}
