package io.muster.attestors.tpm.structure;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The digests that are taken (TPM 2.0 Library, Part 2, TPM_ALG_ID). SHA-1 is not among them.
public enum HashAlgorithm {
    SHA256(0x000b, "SHA-256", "HmacSHA256", 32),
    SHA384(0x000c, "SHA-384", "HmacSHA384", 48),
    SHA512(0x000d, "SHA-512", "HmacSHA512", 64);

    /// The longest digest of them all, in bytes.
    static final int LONGEST = 64;

    private final int code;
    private final String digestName;
    private final String hmacName;
    private final int bytes;

    HashAlgorithm(int code, String digestName, String hmacName, int bytes) {
        this.code = code;
        this.digestName = digestName;
        this.hmacName = hmacName;
        this.bytes = bytes;
    }

    static HashAlgorithm read(Cursor cursor, String what) {
        int code = cursor.u16(what);
        return switch (code) {
            case 0x000b -> SHA256;
            case 0x000c -> SHA384;
            case 0x000d -> SHA512;
            default -> throw Unreadable.unsupported(what + " " + Cursor.hex(code));
        };
    }

    /// The number that stands for it on the wire.
    public int code() {
        return code;
    }

    /// Its name in Java, for a digest.
    public String digestName() {
        return digestName;
    }

    /// Its name in Java, for an HMAC.
    public String hmacName() {
        return hmacName;
    }

    /// How long its digests are.
    public int bytes() {
        return bytes;
    }

    public byte[] digest(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(digestName);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + digestName, e);
        }
    }
}
