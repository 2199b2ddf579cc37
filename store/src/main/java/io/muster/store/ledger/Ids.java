package io.muster.store.ledger;

import io.muster.core.device.DeviceId;
import io.muster.core.device.Fact;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Serial;
import io.muster.store.roster.Audit;
import io.muster.store.sealing.BlindIndex;
import io.muster.store.sealing.BlindIndex.Kind;
import io.muster.store.sealing.Indexed;
import io.muster.store.sealing.Octets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/// Names, keys and numbers as the tables know them.
final class Ids {

    private final BlindIndex index;

    Ids(BlindIndex index) {
        this.index = index;
    }

    /// Registration ids and outward ids share one space of names: an operator's look-up takes either.
    Indexed name(int tenant, RegistrationId name) {
        return index.index(tenant, Kind.NAME, name.canonical().getBytes(StandardCharsets.UTF_8));
    }

    Indexed key(int tenant, IdentityKey key) {
        String canonical = key.kind().name() + ":" + key.fingerprint();
        return index.index(tenant, Kind.KEY, canonical.getBytes(StandardCharsets.UTF_8));
    }

    Indexed serial(int tenant, Serial serial) {
        return index.index(tenant, Kind.SERIAL, serial.octets().toArray());
    }

    /// The text of a token. Its slot comes from the text itself.
    Indexed token(int tenant, byte[] text) {
        return index.index(tenant, Kind.TOKEN, text);
    }

    /// What a device says of itself.
    Octets fact(int tenant, Fact fact) {
        byte[] canonical = (fact.name().pointer() + "=" + fact.value()).getBytes(StandardCharsets.UTF_8);
        return index.index(tenant, Kind.FACT, canonical).bi();
    }

    /// What an operator made, by its kind and name.
    Indexed object(int tenant, String subject) {
        return Audit.place(index, tenant, subject);
    }

    /// A number in the form that people see.
    static Optional<Octets> parse(String text) {
        try {
            return Optional.of(octets(UUID.fromString(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// A symmetric identity key is the registration id itself: the name's binding is its binding.
    static boolean hasBinding(IdentityKey key) {
        return switch (key.kind()) {
            case X509, TPM -> true;
            case SYMMETRIC -> false;
        };
    }

    static Octets octets(DeviceId id) {
        return octets(id.value());
    }

    static Octets octets(UUID id) {
        return Octets.of(ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array());
    }

    /// The time that is in an id that carries its slot.
    static long millis(Octets id) {
        ByteBuffer bytes = ByteBuffer.wrap(id.raw());
        return ((bytes.getShort(2) & 0xffffL) << 32) | (bytes.getInt(4) & 0xffffffffL);
    }

    static UUID uuid(Octets id) {
        ByteBuffer bytes = ByteBuffer.wrap(id.raw());
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
