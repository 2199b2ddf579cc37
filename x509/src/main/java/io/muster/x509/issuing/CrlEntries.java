package io.muster.x509.issuing;

import io.muster.core.ledger.Certificates.Reason;
import io.muster.core.ledger.Revocations;
import io.muster.x509.codec.Der;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// The list of revoked certificates as it stands in a CRL, in pieces of a megabyte: it grows without being copied.
final class CrlEntries {

    private static final int PIECE = 1 << 20;
    private static final int LONGEST_ENTRY = 64;

    /// crlEntryExtensions with nothing but a reason, whose number is the last octet (RFC 5280 section 5.3.1).
    private static final byte[] REASON = HexFormat.of().parseHex("300c300a0603551d1504030a0100");

    private final List<byte[]> full = new ArrayList<>();
    private byte[] piece = new byte[PIECE];
    private int used;

    /// Of many entries that are read in a row some were revoked in the same second.
    private long second = Long.MIN_VALUE;

    private byte[] time = new byte[0];

    void add(Revocations.Entry entry) {
        if (used + LONGEST_ENTRY > PIECE) {
            full.add(Arrays.copyOf(piece, used));
            used = 0;
        }
        byte[] serial = entry.serial().octets().toArray();
        byte[] at = time(entry.at());
        boolean saysWhy = entry.reason() != Reason.UNSPECIFIED;
        int length = 2 + serial.length + at.length + (saysWhy ? REASON.length : 0);
        put((byte) Der.SEQUENCE, (byte) length, (byte) Der.INTEGER, (byte) serial.length);
        put(serial);
        put(at);
        if (saysWhy) {
            put(REASON);
            piece[used - 1] = (byte) entry.reason().number();
        }
    }

    private byte[] time(Instant at) {
        if (at.getEpochSecond() != second) {
            second = at.getEpochSecond();
            time = Times.der(at);
        }
        return time;
    }

    private void put(byte... octets) {
        System.arraycopy(octets, 0, piece, used, octets.length);
        used += octets.length;
    }

    boolean isEmpty() {
        return size() == 0;
    }

    /// In octets.
    int size() {
        return full.stream().mapToInt(part -> part.length).reduce(used, Math::addExact);
    }

    List<byte[]> pieces() {
        List<byte[]> all = new ArrayList<>(full);
        all.add(Arrays.copyOf(piece, used));
        return all;
    }
}
