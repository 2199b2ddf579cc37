package io.muster.core.device;

import java.util.HexFormat;
import java.util.Optional;

/// The serial number of a certificate that Muster issued: one fixed octet, two of the slot in which its record lives,
/// and 112 random bits (RFC 5280 section 4.1.2.2 allows 20 octets; the CA/Browser Forum asks for 64 random bits).
///
/// @param octets 17 octets, big-endian, positive
public record Serial(Bytes octets) {

    /// Every serial begins with one of these, so that those of other authorities are told apart without a look-up.
    public static final byte MARK = 0x4d;

    /// Of a certificate that was created before its device had a name: its slot leads to a record that says where the
    /// device lives.
    public static final byte CREATED_MARK = 0x4e;

    public static final int SIZE = 17;

    public Serial {
        if (!isOurs(octets)) {
            throw new IllegalArgumentException("no serial number of this installation");
        }
    }

    /// A serial number as it stands in a certificate; empty when it is not of Muster's form.
    public static Optional<Serial> of(Bytes octets) {
        return isOurs(octets) ? Optional.of(new Serial(octets)) : Optional.empty();
    }

    /// Reads the hexadecimal form, with or without colons.
    public static Optional<Serial> parse(String text) {
        String digits = text.replace(":", "");
        boolean fits = digits.length() == 2 * SIZE && digits.chars().allMatch(HexFormat::isHexDigit);
        return fits ? of(Bytes.of(HexFormat.of().parseHex(digits))) : Optional.empty();
    }

    /// The slot in which its record lives.
    public short slot() {
        byte[] raw = octets.toArray();
        return (short) (((raw[1] & 0xff) << 8) | (raw[2] & 0xff));
    }

    /// Whether its certificate was created before its device had a name.
    public boolean created() {
        return octets.toArray()[0] == CREATED_MARK;
    }

    private static boolean isOurs(Bytes octets) {
        if (octets.size() != SIZE) {
            return false;
        }
        byte first = octets.toArray()[0];
        return first == MARK || first == CREATED_MARK;
    }

    /// Lower-case hexadecimal.
    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets.toArray());
    }
}
