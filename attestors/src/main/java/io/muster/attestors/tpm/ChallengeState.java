package io.muster.attestors.tpm;

import io.muster.core.device.Bytes;
import io.muster.core.device.Secret;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/// What must be known to judge the answer to a challenge. It travels with the device, sealed.
///
/// @param expires until when the challenge may be answered, to the millisecond
/// @param secret  what the chip decrypts
/// @param nonce   what a certification must be made over
record ChallengeState(Instant expires, Secret secret, Bytes nonce) {

    static final int SECRET_BYTES = 32;
    static final int NONCE_BYTES = 32;

    private static final byte VERSION = 1;
    private static final int SIZE = 1 + Long.BYTES + SECRET_BYTES + NONCE_BYTES;

    Bytes octets() {
        return Bytes.of(ByteBuffer.allocate(SIZE)
                .put(VERSION)
                .putLong(expires.toEpochMilli())
                .put(secret.reveal())
                .put(nonce.toArray())
                .array());
    }

    /// Empty for what another version of this installation sealed.
    static Optional<ChallengeState> read(Bytes octets) {
        ByteBuffer buffer = octets.view();
        if (buffer.remaining() != SIZE || buffer.get() != VERSION) {
            return Optional.empty();
        }
        Instant expires = Instant.ofEpochMilli(buffer.getLong());
        byte[] secret = new byte[SECRET_BYTES];
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(secret).get(nonce);
        return Optional.of(new ChallengeState(expires, Secret.of(secret), Bytes.of(nonce)));
    }
}
