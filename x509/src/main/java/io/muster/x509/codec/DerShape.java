package io.muster.x509.codec;

import io.muster.core.device.Bytes;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// Walks bytes once, without recursion, and says whether they have the shape of DER (X.690 section 10): definite
/// lengths in their shortest form, primitive strings, bounded depth, nothing after the end. What passes can be handed
/// to a recursive parser without fear for its stack.
final class DerShape {

    private static final int MAX_DEPTH = 24;
    private static final int CONSTRUCTED = 0x20;
    private static final int CLASS = 0xc0;
    private static final int NUMBER = 0x1f;
    private static final int SEQUENCE = 0x10;
    private static final int SET = 0x11;

    private final byte[] der;
    private int at;

    private DerShape(byte[] der) {
        this.der = der;
    }

    /// Throws [Unreadable] when the bytes are not exactly one value in DER.
    static void check(byte[] der) {
        new DerShape(der).walk();
    }

    /// The first element inside the outer SEQUENCE, header included, exactly as it was sent: signatures are checked
    /// over these bytes and not over bytes that were encoded again.
    static Bytes firstElement(byte[] checked) {
        DerShape shape = new DerShape(checked);
        shape.header();
        int from = shape.at;
        int length = shape.header();
        return Bytes.of(Arrays.copyOfRange(checked, from, shape.at + length));
    }

    private void walk() {
        Deque<Integer> ends = new ArrayDeque<>();
        ends.push(der.length);
        do {
            int tagAt = at;
            int end = header() + at;
            if (end > ends.element()) {
                throw Unreadable.malformed("an element is longer than the one around it");
            }
            if (isConstructed(der[tagAt])) {
                ends.push(end);
                if (ends.size() > MAX_DEPTH) {
                    throw Unreadable.malformed("elements are nested more than " + MAX_DEPTH + " deep");
                }
            } else {
                at = end;
            }
            while (ends.size() > 1 && at == ends.element()) {
                ends.pop();
            }
        } while (ends.size() > 1);
        if (at != der.length) {
            throw Unreadable.malformed("bytes follow after its end");
        }
    }

    private boolean isConstructed(byte tag) {
        boolean constructed = (tag & CONSTRUCTED) != 0;
        boolean universal = (tag & CLASS) == 0;
        int number = tag & NUMBER;
        if (universal && constructed != (number == SEQUENCE || number == SET)) {
            throw Unreadable.malformed(
                    "an element is constructed where DER wants it primitive, or the other way round");
        }
        return constructed;
    }

    /// Reads tag and length; leaves `at` on the first byte of the content.
    private int header() {
        if ((next() & NUMBER) == NUMBER) {
            throw Unreadable.malformed("a tag number above 30");
        }
        int first = next();
        int length = first < 0x80 ? first : longLength(first & 0x7f);
        if (length > der.length - at) {
            throw Unreadable.malformed("it ends in the middle of an element");
        }
        return length;
    }

    private int longLength(int octets) {
        if (octets == 0 || octets > 3) {
            throw Unreadable.malformed("an indefinite or oversized length");
        }
        int length = 0;
        for (int i = 0; i < octets; i++) {
            length = (length << 8) | next();
        }
        if (length < 0x80 || length < 1 << (8 * (octets - 1))) {
            throw Unreadable.malformed("a length that is not in its shortest form");
        }
        return length;
    }

    private int next() {
        if (at >= der.length) {
            throw Unreadable.malformed("it ends in the middle of an element");
        }
        return der[at++] & 0xff;
    }
}
