package io.muster.x509.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// One element of DER, read as bytes and without any opinion of what it means.
public final class DerElement {

    private final byte[] der;
    private final int from;
    private final int contentFrom;
    private final int end;

    private DerElement(byte[] der, int from) {
        this.der = der;
        this.from = from;
        int first = der[from + 1] & 0xff;
        int octets = first < 0x80 ? 0 : first & 0x7f;
        int length = octets == 0 ? first : 0;
        for (int i = 0; i < octets; i++) {
            length = (length << 8) | (der[from + 2 + i] & 0xff);
        }
        this.contentFrom = from + 2 + octets;
        this.end = contentFrom + length;
    }

    /// Bytes that are exactly one element of strict DER; empty for any others.
    public static Optional<DerElement> read(byte[] der) {
        try {
            DerShape.check(der);
            return Optional.of(new DerElement(der, 0));
        } catch (Unreadable e) {
            return Optional.empty();
        }
    }

    public int tag() {
        return der[from] & 0xff;
    }

    public boolean is(int tag) {
        return tag() == tag;
    }

    public int length() {
        return end - contentFrom;
    }

    public byte[] content() {
        return Arrays.copyOfRange(der, contentFrom, end);
    }

    /// With its tag and length.
    public byte[] encoded() {
        return Arrays.copyOfRange(der, from, end);
    }

    /// The elements in it; none where it is primitive.
    public List<DerElement> children() {
        List<DerElement> children = new ArrayList<>();
        boolean isConstructed = (tag() & 0x20) != 0;
        for (int at = contentFrom; isConstructed && at < end; at = children.getLast().end) {
            children.add(new DerElement(der, at));
        }
        return children;
    }
}
