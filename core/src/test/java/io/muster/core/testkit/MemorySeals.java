package io.muster.core.testkit;

import io.muster.core.attestation.Continuations;
import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.device.Secret;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Seals by remembering: what it gave out it opens, for the same tenant and context.
public final class MemorySeals implements Continuations {

    private record Sealed(Name tenant, Bytes context, Bytes state) {}

    private final List<Sealed> given = new ArrayList<>();

    @Override
    public Bytes seal(Name tenant, Bytes context, Bytes state) {
        given.add(new Sealed(tenant, context, state));
        return Bytes.of(
                ByteBuffer.allocate(Integer.BYTES).putInt(given.size() - 1).array());
    }

    @Override
    public Optional<Bytes> open(Name tenant, Bytes context, Bytes continuation) {
        if (continuation.size() != Integer.BYTES) {
            return Optional.empty();
        }
        int number = continuation.view().getInt();
        return number < 0 || number >= given.size()
                ? Optional.empty()
                : Optional.of(given.get(number))
                        .filter(it -> it.tenant().equals(tenant) && it.context().equals(context))
                        .map(Sealed::state);
    }

    @Override
    public Secret derive(Name tenant, Bytes context) {
        throw new UnsupportedOperationException("No test derives a key here");
    }
}
