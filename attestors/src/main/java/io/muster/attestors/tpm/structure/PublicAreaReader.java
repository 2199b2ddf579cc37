package io.muster.attestors.tpm.structure;

import io.muster.core.device.Bytes;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads public areas of RSA and ECC keys (TPM 2.0 Library, Part 2, TPM2B_PUBLIC and TPMT_PUBLIC).
public final class PublicAreaReader {

    private static final String WHOLE = "the public area";

    /// An RSA key of 4096 bits with a SHA-512 policy needs 610 bytes.
    private static final int LIMIT = 1024;

    private static final int NULL = 0x0010;
    private static final int AES = 0x0006;
    private static final int CFB = 0x0043;
    private static final long USUAL_EXPONENT = 65537;

    private PublicAreaReader() {}

    /// A public area with its size in front, as TPM2_ReadPublic and TPM2_Create give it.
    public static Reading<PublicArea> sized(byte[] tpm2bPublic) {
        return switch (Cursor.read(WHOLE, tpm2bPublic, 2 + LIMIT, cursor -> cursor.sized(WHOLE, 1, LIMIT))) {
            case Reading.Read<byte[]> area -> bare(area.value());
            case Reading.Refused<byte[]> refused -> new Reading.Refused<>(refused.flaw());
        };
    }

    /// A public area alone.
    public static Reading<PublicArea> bare(byte[] tpmtPublic) {
        return Cursor.read(WHOLE, tpmtPublic, LIMIT, cursor -> area(cursor, tpmtPublic));
    }

    private static PublicArea area(Cursor cursor, byte[] octets) {
        int type = cursor.u16("the type of the key");
        HashAlgorithm nameAlgorithm = HashAlgorithm.read(cursor, "the name's digest");
        KeyAttributes attributes = KeyAttributes.read(cursor);
        Bytes policy = policy(cursor, nameAlgorithm);
        OptionalInt storageBits = storageBits(cursor, attributes);
        Optional<SigningScheme> scheme = SigningScheme.readOptional(cursor);
        PublicKeyPart key =
                switch (type) {
                    case 0x0001 -> rsa(cursor);
                    case 0x0023 -> ecc(cursor);
                    default -> throw Unreadable.unsupported("a key of the type " + Cursor.hex(type));
                };
        checkScheme(scheme, attributes, key);
        return new PublicArea(nameAlgorithm, attributes, policy, storageBits, scheme, key, Bytes.of(octets));
    }

    private static Bytes policy(Cursor cursor, HashAlgorithm nameAlgorithm) {
        String what = "the policy";
        byte[] policy = cursor.sized(what, 0, HashAlgorithm.LONGEST);
        if (policy.length != 0 && policy.length != nameAlgorithm.bytes()) {
            throw new Unreadable(
                    new Flaw.WrongSize(what, policy.length, "empty or %d bytes".formatted(nameAlgorithm.bytes())));
        }
        return Bytes.of(policy);
    }

    /// Storage keys, and they alone, say under which cipher they protect others (Part 2, TPMT_SYM_DEF_OBJECT).
    private static OptionalInt storageBits(Cursor cursor, KeyAttributes attributes) {
        int cipher = cursor.u16("the cipher");
        if ((cipher != NULL) != attributes.isStorage()) {
            throw Unreadable.malformed("storage keys have a cipher and other keys have none");
        }
        if (cipher == NULL) {
            return OptionalInt.empty();
        }
        int bits = cursor.u16("the cipher's key size");
        int mode = cursor.u16("the cipher's mode");
        if (cipher != AES || (bits != 128 && bits != 256) || mode != CFB) {
            throw Unreadable.unsupported("a cipher other than AES-128 or AES-256 in CFB mode");
        }
        return OptionalInt.of(bits);
    }

    /// The sizes that endorsement keys have: 2048 bits in nearly all chips, 3072 in newer ones, 4096 at the most,
    /// which is also the most that is taken in a certificate.
    private static PublicKeyPart rsa(Cursor cursor) {
        int bits = cursor.u16("the key size");
        if (bits != 2048 && bits != 3072 && bits != 4096) {
            throw Unreadable.unsupported("an RSA key of " + bits + " bits");
        }
        long exponent = exponent(cursor.u32("the exponent"));
        BigInteger modulus = Numbers.of(cursor.sized("the modulus", bits / 8, bits / 8));
        if (modulus.bitLength() != bits || !modulus.testBit(0)) {
            throw Unreadable.weak("the RSA modulus is even or shorter than its " + bits + " bits");
        }
        return new PublicKeyPart.Rsa(modulus, exponent);
    }

    /// Zero stands for 65537 (Part 2, TPMS_RSA_PARMS).
    private static long exponent(long written) {
        long exponent = written == 0 ? USUAL_EXPONENT : written;
        if (exponent < 3 || (exponent & 1) == 0) {
            throw Unreadable.weak("the RSA exponent is not an odd number from 3 to 2^32");
        }
        return exponent;
    }

    private static PublicKeyPart ecc(Cursor cursor) {
        Curve curve = Curve.read(cursor);
        int kdf = cursor.u16("the key derivation");
        if (kdf != NULL) {
            throw Unreadable.unsupported("the key derivation " + Cursor.hex(kdf));
        }
        BigInteger x = Numbers.of(cursor.sized("the coordinate x", 1, curve.bytes()));
        BigInteger y = Numbers.of(cursor.sized("the coordinate y", 1, curve.bytes()));
        if (!curve.holds(x, y)) {
            throw Unreadable.weak("the point does not lie on the curve");
        }
        return new PublicKeyPart.Ecc(curve, x, y);
    }

    private static void checkScheme(Optional<SigningScheme> scheme, KeyAttributes attributes, PublicKeyPart key) {
        if (scheme.isPresent() && (attributes.isStorage() || !scheme.get().fits(key))) {
            throw Unreadable.malformed("the signing scheme does not fit the key");
        }
    }
}
