package io.muster.store.sealing;

import io.muster.store.keyring.IndexKeys;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/// Turns what identifies a device into what the database may see of it.
public final class BlindIndex {

    /// What is hashed; the numbers are part of every index and of table `binding`, and never change.
    public enum Kind {
        NAME(1),
        KEY(2),
        OBJECT(3),
        SERIAL(4),
        TOKEN(5),
        FACT(6),
        CLAIM(7),
        NETWORK(8);

        private final byte number;

        Kind(int number) {
            this.number = (byte) number;
        }

        public short number() {
            return number;
        }
    }

    private static final int ID_BYTES = 16;

    private final MacPool slots;
    private final MacPool pepper;
    private final byte pepperVersion;

    public BlindIndex(IndexKeys keys) {
        this.slots = new MacPool(keys.slot());
        this.pepperVersion = (byte) keys.current();
        this.pepper = new MacPool(Objects.requireNonNull(
                keys.peppers().get(keys.current()), "the keyring names a current pepper that it does not hold"));
    }

    /// Slot, permanent id and blind index of a value in its canonical form.
    public Indexed index(int tenant, Kind kind, byte[] canonical) {
        byte[] message = message(tenant, kind, canonical);
        Octets id = Octets.of(Arrays.copyOf(slots.mac(message), ID_BYTES));
        byte[] bi = new byte[1 + ID_BYTES];
        bi[0] = pepperVersion;
        System.arraycopy(pepper.mac(message), 0, bi, 1, ID_BYTES);
        return new Indexed(id.slot(), id, Octets.of(bi));
    }

    private static byte[] message(int tenant, Kind kind, byte[] canonical) {
        return ByteBuffer.allocate(5 + canonical.length)
                .put(kind.number)
                .putInt(tenant)
                .put(canonical)
                .array();
    }
}
