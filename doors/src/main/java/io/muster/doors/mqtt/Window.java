package io.muster.doors.mqtt;

import java.util.BitSet;

/// The QoS 1 messages that are under way to a device. Their packet ids are taken from as small a range as may be
/// under way at once. Any thread may use it.
final class Window {

    private final int size;
    private final BitSet taken = new BitSet(0);

    Window(int size) {
        this.size = size;
    }

    /// A free packet id; 0 when as many are under way as may be.
    synchronized int take() {
        int id = taken.nextClearBit(1);
        if (id > size) {
            return 0;
        }
        taken.set(id);
        return id;
    }

    /// The device has it. An id that nobody took is no news.
    synchronized void release(int id) {
        taken.clear(id);
    }
}
