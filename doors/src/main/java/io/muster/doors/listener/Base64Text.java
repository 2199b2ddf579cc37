package io.muster.doors.listener;

import io.muster.core.device.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Base64 (RFC 4648 section 4) in any layout: blanks, tabs and line ends may stand anywhere. Everything else is
/// strict: the one alphabet, the padding, no stray bits; so that one value has one spelling.
public final class Base64Text {

    private Base64Text() {}

    /// What reading comes to.
    public sealed interface Reading {

        record Read(Bytes octets) implements Reading {}

        /// @param what what is wrong, in words that continue "the text", with nothing of the input in it
        record Malformed(String what) implements Reading {}
    }

    public static Reading read(Bytes text) {
        byte[] sent = text.toArray();
        byte[] digits = new byte[sent.length];
        int count = 0;
        int padding = 0;
        for (int at = 0; at < sent.length; at++) {
            byte c = sent[at];
            if (isSpace(c)) {
                continue;
            }
            if (c != '=' && !isDigit(c)) {
                return new Reading.Malformed("has a byte that is not base64, at position " + (at + 1));
            }
            if (c != '=' && padding > 0) {
                return new Reading.Malformed("goes on behind its padding, at position " + (at + 1));
            }
            padding += c == '=' ? 1 : 0;
            digits[count++] = c;
        }
        return decode(new String(digits, 0, count, StandardCharsets.ISO_8859_1), padding);
    }

    private static Reading decode(String digits, int padding) {
        if (padding > 2) {
            return new Reading.Malformed("has more padding than base64 can have");
        }
        if (digits.length() % 4 != 0) {
            return new Reading.Malformed("is not whole: base64 comes in groups of 4 characters, the last one padded");
        }
        byte[] octets;
        try {
            octets = Base64.getDecoder().decode(digits);
        } catch (IllegalArgumentException e) {
            return new Reading.Malformed("has padding where none belongs");
        }
        return Base64.getEncoder().encodeToString(octets).equals(digits)
                ? new Reading.Read(Bytes.of(octets))
                : new Reading.Malformed("has stray bits in its last character");
    }

    private static boolean isSpace(byte c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean isDigit(byte c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    }
}
