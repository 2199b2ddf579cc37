package io.muster.doors.objects;

import io.muster.core.device.Bytes;
import java.util.Optional;

/// Where the signed objects come from. Called often and by anybody: answers come from memory.
public interface SignedObjects {

    /// A revocation list, DER.
    ///
    /// @param issuer key identifier of the authority, lower-case hexadecimal
    /// @param shard  the part of its certificates that the list speaks for
    Optional<Bytes> crl(String issuer, int shard);

    /// The certificate of an issuing or a root authority, DER.
    ///
    /// @param issuer its key identifier, lower-case hexadecimal
    Optional<Bytes> authority(String issuer);
}
