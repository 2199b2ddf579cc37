package io.muster.server.house;

import io.muster.core.device.Bytes;
import io.muster.doors.objects.SignedObjects;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Signed objects as this node holds them for a moment: anybody may ask, as often as he likes, and the store is asked
/// once a second for each. It is open before it is filled, since what fills it must know where it stands.
final class Shelf implements SignedObjects {

    private static final long FRESH_NANOS = 1_000_000_000L;

    /// Names that do not exist are remembered too; beyond so many all is forgotten and asked for again.
    private static final int MOST = 4_096;

    private final Map<String, Place> places = new ConcurrentHashMap<>();
    private volatile Optional<SignedObjects> source = Optional.empty();

    /// One object: whoever comes while it is fetched waits for that.
    private static final class Place {

        private final ReentrantLock fetching = new ReentrantLock();
        private volatile Optional<Bytes> held = Optional.empty();
        private volatile long fetchedNanos = System.nanoTime() - FRESH_NANOS;

        Optional<Bytes> get(Supplier<Optional<Bytes>> fetch) {
            if (isFresh()) {
                return held;
            }
            fetching.lock();
            try {
                if (!isFresh()) {
                    held = fetch.get();
                    fetchedNanos = System.nanoTime();
                }
                return held;
            } finally {
                fetching.unlock();
            }
        }

        private boolean isFresh() {
            return System.nanoTime() - fetchedNanos < FRESH_NANOS;
        }
    }

    void fill(SignedObjects objects) {
        source = Optional.of(objects);
    }

    @Override
    public Optional<Bytes> crl(String issuer, int shard) {
        return at(issuer + "/" + shard).get(() -> source.flatMap(objects -> objects.crl(issuer, shard)));
    }

    @Override
    public Optional<Bytes> authority(String issuer) {
        return at(issuer).get(() -> source.flatMap(objects -> objects.authority(issuer)));
    }

    private Place at(String name) {
        if (places.size() > MOST) {
            places.clear();
        }
        return places.computeIfAbsent(name, ignored -> new Place());
    }
}
