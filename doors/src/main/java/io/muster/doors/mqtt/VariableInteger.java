package io.muster.doors.mqtt;

import io.netty.buffer.ByteBuf;

/// A variable byte integer (MQTT 5 section 1.5.5), read where it stands.
final class VariableInteger {

    private static final int LONGEST = 4;
    private static final int CONTINUES = 0x80;

    private VariableInteger() {}

    /// What reading comes to.
    sealed interface Reading {
        /// @param behind the index of the first byte behind it
        record Read(int value, int behind) implements Reading {}

        /// More has to come.
        record Unfinished() implements Reading {}

        record Malformed() implements Reading {}
    }

    static Reading read(ByteBuf in, int start) {
        int value = 0;
        for (int digit = 0; digit < LONGEST; digit++) {
            int at = start + digit;
            if (at >= in.writerIndex()) {
                return new Reading.Unfinished();
            }
            int octet = in.getUnsignedByte(at);
            value |= (octet & (CONTINUES - 1)) << (7 * digit);
            if (octet < CONTINUES) {
                return new Reading.Read(value, at + 1);
            }
        }
        return new Reading.Malformed();
    }
}
