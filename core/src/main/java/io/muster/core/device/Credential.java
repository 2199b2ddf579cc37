package io.muster.core.device;

import java.time.Instant;

/// One operational certificate of a device (802.1AR: LDevID), as far as decisions need it.
///
/// @param serial   its serial number
/// @param key      the operational key that it certifies
/// @param provedBy the identity key that proved the device when it was issued
/// @param subject  its subject in comparable form: what a renewal must repeat
/// @param issuedAt when it was issued; its validity begins earlier (backdating)
/// @param notAfter end of its validity
/// @param issuer   key identifier of the authority that signed it, lower-case hexadecimal
/// @param shard    the part of the issuer's CRL that would name it
/// @param state    where it stands
public record Credential(
        Serial serial,
        IdentityKey key,
        IdentityKey provedBy,
        String subject,
        Instant issuedAt,
        Instant notAfter,
        String issuer,
        int shard,
        State state) {

    /// Where a certificate stands. Its time may have run out in any state.
    public enum State {
        /// The newest.
        CURRENT,
        /// The newest, which a claim created for the device, and which the device has never shown yet.
        UNUSED,
        /// A newer one was issued and has not been used yet: both prove the device.
        REPLACED,
        /// The newer one was used: this one proves nothing any more.
        SUPERSEDED,
        /// An operator revoked it.
        REVOKED
    }

    /// Whether it still proves its device, its time aside.
    public boolean proves() {
        return state == State.CURRENT || state == State.UNUSED || state == State.REPLACED;
    }

    /// The same certificate in another state.
    public Credential as(State other) {
        return new Credential(serial, key, provedBy, subject, issuedAt, notAfter, issuer, shard, other);
    }
}
