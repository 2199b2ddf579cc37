package io.muster.core.testkit;

import io.muster.core.device.Bytes;
import io.muster.core.device.Device;
import io.muster.core.device.Name;
import io.muster.core.device.Serial;
import io.muster.core.ledger.Creation;
import io.muster.core.ledger.Creations;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Created certificates in memory. Every claim has a budget of its own size.
public final class MemoryCreations implements Creations {

    private final Map<Serial, Creation> kept = new HashMap<>();
    private final Random random = new Random(4);
    private Optional<Kept> instead = Optional.empty();

    /// What it says to every certificate from now on.
    public void says(Kept answer) {
        instead = Optional.of(answer);
    }

    @Override
    public Serial serial(Name tenant) {
        byte[] octets = new byte[Serial.SIZE];
        random.nextBytes(octets);
        octets[0] = Serial.CREATED_MARK;
        return new Serial(Bytes.of(octets));
    }

    @Override
    public Kept keep(Creation creation, Optional<Bytes> network) {
        if (instead.isPresent()) {
            return instead.get();
        }
        kept.put(creation.credential().serial(), creation);
        return new Kept.Done();
    }

    @Override
    public Optional<Creation> find(Name tenant, Serial serial) {
        return Optional.ofNullable(kept.get(serial)).filter(it -> it.tenant().equals(tenant));
    }

    /// False where it is another device's, or revoked.
    boolean adopt(Serial serial, Device device) {
        Creation creation = kept.get(serial);
        if (creation == null || creation.state() instanceof Creation.State.Revoked) {
            return false;
        }
        Optional<?> other = creation.device().filter(it -> !it.equals(device.registrationId()));
        if (other.isEmpty()) {
            kept.put(serial, in(creation, new Creation.State.Adopted(device.registrationId())));
        }
        return other.isEmpty();
    }

    @Override
    public int revokeForgotten(Instant now) {
        int revoked = 0;
        for (Creation creation : Map.copyOf(kept).values()) {
            if (creation.state() instanceof Creation.State.Waiting && !now.isBefore(creation.expiresAt())) {
                kept.put(creation.credential().serial(), in(creation, new Creation.State.Revoked()));
                revoked++;
            }
        }
        return revoked;
    }

    private static Creation in(Creation creation, Creation.State state) {
        return new Creation(
                creation.tenant(),
                creation.claim(),
                creation.enrollment(),
                creation.credential(),
                creation.certificate(),
                creation.profile(),
                creation.expiresAt(),
                state);
    }
}
