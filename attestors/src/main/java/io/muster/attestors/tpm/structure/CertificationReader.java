package io.muster.attestors.tpm.structure;

import io.muster.core.device.Bytes;
import java.util.HexFormat;

/// Reads what TPM2_Certify gives (TPM 2.0 Library, Part 2, TPM2B_ATTEST and TPMS_ATTEST). Every other attestation is
/// told apart by its type.
public final class CertificationReader {

    private static final String WHOLE = "the attestation";

    /// Three names and the data of the caller, 66 bytes at most each, and 41 bytes of numbers and sizes.
    private static final int LIMIT = 512;

    private static final int LONGEST_NAME = 2 + HashAlgorithm.LONGEST;
    private static final int LONGEST_EXTRA_DATA = 2 + HashAlgorithm.LONGEST;
    private static final long GENERATED = 0xff544347L;
    private static final int CERTIFY = 0x8017;

    private CertificationReader() {}

    /// An attestation with its size in front.
    public static Reading<Certification> sized(byte[] tpm2bAttest) {
        return switch (Cursor.read(WHOLE, tpm2bAttest, 2 + LIMIT, cursor -> cursor.sized(WHOLE, 1, LIMIT))) {
            case Reading.Read<byte[]> attestation -> bare(attestation.value());
            case Reading.Refused<byte[]> refused -> new Reading.Refused<>(refused.flaw());
        };
    }

    /// An attestation alone, as the tools write it into a file.
    public static Reading<Certification> bare(byte[] tpmsAttest) {
        return Cursor.read(WHOLE, tpmsAttest, LIMIT, cursor -> certification(cursor, tpmsAttest));
    }

    private static Certification certification(Cursor cursor, byte[] octets) {
        checkMagic(cursor.u32("the magic number"));
        checkType(cursor.u16("the type of the attestation"));
        byte[] qualifiedSigner = cursor.sized("the signer's name", 0, LONGEST_NAME);
        byte[] extraData = cursor.sized("the extra data", 0, LONGEST_EXTRA_DATA);
        Certification.Clock clock = clock(cursor);
        long firmware = cursor.i64("the firmware version");
        byte[] name = cursor.sized("the certified name", 0, LONGEST_NAME);
        byte[] qualifiedName = cursor.sized("the certified qualified name", 0, LONGEST_NAME);
        return new Certification(
                Bytes.of(qualifiedSigner),
                Bytes.of(extraData),
                clock,
                firmware,
                Bytes.of(name),
                Bytes.of(qualifiedName),
                Bytes.of(octets));
    }

    private static void checkMagic(long magic) {
        if (magic != GENERATED) {
            throw new Unreadable(new Flaw.NotFromTpm(HexFormat.of().toHexDigits((int) magic)));
        }
    }

    private static void checkType(int type) {
        if (type != CERTIFY) {
            throw new Unreadable(new Flaw.NotACertification(word(type)));
        }
    }

    /// Part 2, TPM_ST.
    private static String word(int type) {
        String code = Cursor.hex(type);
        return switch (type) {
            case 0x8014 -> "the certification of an NV index (" + code + ", TPM2_NV_Certify)";
            case 0x8018 -> "a quote (" + code + ", TPM2_Quote)";
            case 0x8019 -> "a statement about the time (" + code + ", TPM2_GetTime)";
            case 0x801a -> "a certification of how a key was made (" + code + ", TPM2_CertifyCreation)";
            default -> "of the type " + code;
        };
    }

    private static Certification.Clock clock(Cursor cursor) {
        String what = "the clock";
        long milliseconds = cursor.i64(what);
        long resets = cursor.u32(what);
        long restarts = cursor.u32(what);
        int safe = cursor.u8(what);
        if (safe > 1) {
            throw Unreadable.malformed("the clock is neither safe nor unsafe but " + safe);
        }
        return new Certification.Clock(milliseconds, resets, restarts, safe == 1);
    }
}
