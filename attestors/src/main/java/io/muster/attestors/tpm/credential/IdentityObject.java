package io.muster.attestors.tpm.credential;

import io.muster.attestors.tpm.structure.HashAlgorithm;
import io.muster.attestors.tpm.structure.Marshal;
import io.muster.core.device.Bytes;

/// An HMAC-SHA-256 key as an object that a TPM can import (TPM 2.0 Library, Part 2, TPMT_PUBLIC and TPMT_SENSITIVE).
///
/// @param publicArea    TPMT_PUBLIC
/// @param sensitiveArea TPMT_SENSITIVE
record IdentityObject(Bytes publicArea, Bytes sensitiveArea) {

    private static final int KEYED_HASH = 0x0008;
    private static final int HMAC = 0x0005;

    /// sign, userWithAuth with an empty password as the SDKs use it, and noDA: the device still comes in while its
    /// TPM is locked because somebody guessed at passwords. Not fixedTPM, not fixedParent, not sensitiveDataOrigin:
    /// it comes from elsewhere.
    private static final long ATTRIBUTES = 0x00040440;

    private static final byte[] EMPTY = {};

    /// @param seed as long as the digest; it hides the key in the public area
    static IdentityObject of(byte[] key, byte[] seed) {
        HashAlgorithm hash = HashAlgorithm.SHA256;
        byte[] publicArea = new Marshal()
                .u16(KEYED_HASH)
                .u16(hash.code())
                .u32(ATTRIBUTES)
                .sized(EMPTY)
                .u16(HMAC)
                .u16(hash.code())
                .sized(hash.digest(seed, key))
                .octets();
        byte[] sensitiveArea = new Marshal()
                .u16(KEYED_HASH)
                .sized(EMPTY)
                .sized(seed)
                .sized(key)
                .octets();
        return new IdentityObject(Bytes.of(publicArea), Bytes.of(sensitiveArea));
    }

    Bytes name() {
        HashAlgorithm hash = HashAlgorithm.SHA256;
        return Bytes.of(new Marshal()
                .u16(hash.code())
                .raw(hash.digest(publicArea.toArray()))
                .octets());
    }
}
