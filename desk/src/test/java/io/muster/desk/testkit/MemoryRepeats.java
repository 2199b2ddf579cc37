package io.muster.desk.testkit;

import io.muster.core.access.Repeats;
import io.muster.core.device.Bytes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Answers in memory, with the rules that their port promises.
public final class MemoryRepeats implements Repeats {

    private record Kept(Bytes digest, Optional<Bytes> answer) {}

    private final Map<String, Kept> byKey = new HashMap<>();

    @Override
    public synchronized Begun begin(String principal, String key, Bytes digest) {
        Kept kept = byKey.putIfAbsent(principal + "/" + key, new Kept(digest, Optional.empty()));
        if (kept == null) {
            return new Begun.First();
        }
        if (!kept.digest().equals(digest)) {
            return new Begun.Different();
        }
        return kept.answer().isPresent() ? new Begun.Answered(kept.answer().get()) : new Begun.InProgress();
    }

    @Override
    public synchronized void answered(String principal, String key, Bytes answer) {
        byKey.computeIfPresent(principal + "/" + key, (_, kept) -> new Kept(kept.digest(), Optional.of(answer)));
    }

    @Override
    public synchronized void forget(String principal, String key) {
        byKey.remove(principal + "/" + key);
    }

    public synchronized int size() {
        return byKey.size();
    }
}
