package io.muster.x509.codec;

/// Writes DER (X.690): tags, definite lengths in their shortest form, contents one after the other.
public final class Der {

    public static final int BOOLEAN = 0x01;
    public static final int INTEGER = 0x02;
    public static final int BIT_STRING = 0x03;
    public static final int OCTET_STRING = 0x04;
    public static final int OID = 0x06;
    public static final int ENUMERATED = 0x0a;
    public static final int UTF8_STRING = 0x0c;
    public static final int UTC_TIME = 0x17;
    public static final int GENERALIZED_TIME = 0x18;
    public static final int SEQUENCE = 0x30;
    public static final int SET = 0x31;

    private Der() {}

    /// A context-specific tag around other elements.
    public static int constructed(int number) {
        return 0xa0 | number;
    }

    /// A context-specific tag in place of a primitive one.
    public static int primitive(int number) {
        return 0x80 | number;
    }

    /// One element whose content is these parts.
    public static byte[] element(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length = Math.addExact(length, part.length);
        }
        byte[] header = header(tag, length);
        byte[] all = new byte[header.length + length];
        System.arraycopy(header, 0, all, 0, header.length);
        int at = header.length;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    public static byte[] sequence(byte[]... parts) {
        return element(SEQUENCE, parts);
    }

    /// A BIT STRING of whole octets.
    public static byte[] bits(byte[] octets) {
        return element(BIT_STRING, new byte[1], octets);
    }

    /// Tag and length of an element of which the content follows elsewhere.
    public static byte[] header(int tag, int length) {
        int octets = length < 0x80 ? 0 : (32 - Integer.numberOfLeadingZeros(length) + 7) / 8;
        byte[] header = new byte[2 + octets];
        header[0] = (byte) tag;
        header[1] = (byte) (octets == 0 ? length : 0x80 | octets);
        for (int i = 0; i < octets; i++) {
            header[2 + i] = (byte) (length >>> (8 * (octets - 1 - i)));
        }
        return header;
    }
}
