package io.muster.core.attestation;

import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.device.Serial;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/// The proof that a created certificate is its holder's: a sealed serial number. Whether it still registers a device,
/// the ledger says.
///
/// @param expiresAt until when it registers a device
public record OwnershipToken(Serial serial, Instant expiresAt) {

    /// No token of ours is longer, in characters.
    public static final int MAX_LENGTH = 512;

    private static final Bytes CONTEXT = Bytes.of("certificate ownership".getBytes(StandardCharsets.US_ASCII));

    /// Only this installation opens it, and only for this tenant.
    public String seal(Continuations seals, Name tenant) {
        ByteBuffer state = ByteBuffer.allocate(Serial.SIZE + Long.BYTES)
                .put(serial.octets().view())
                .putLong(expiresAt.toEpochMilli());
        Bytes sealed = seals.seal(tenant, CONTEXT, Bytes.of(state.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed.toArray());
    }

    /// Empty when it was not sealed here for this tenant, or was changed.
    public static Optional<OwnershipToken> open(Continuations seals, Name tenant, String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            Bytes sealed = Bytes.of(Base64.getUrlDecoder().decode(text));
            return seals.open(tenant, CONTEXT, sealed)
                    .filter(state -> state.size() == Serial.SIZE + Long.BYTES)
                    .flatMap(OwnershipToken::read);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<OwnershipToken> read(Bytes state) {
        ByteBuffer in = ByteBuffer.wrap(state.toArray());
        byte[] serial = new byte[Serial.SIZE];
        in.get(serial);
        Instant expiresAt = Instant.ofEpochMilli(in.getLong());
        return Serial.of(Bytes.of(serial)).map(it -> new OwnershipToken(it, expiresAt));
    }

    /// The token opens a certificate: it is not printed.
    @Override
    public String toString() {
        return "OwnershipToken";
    }
}
