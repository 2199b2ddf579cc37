package io.muster.store.ledger;

import io.muster.core.ledger.Devices.CursorMalformed;
import io.muster.store.sealing.Octets;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/// Where a page ended: the slot and the id of its last row.
record Position(short slot, Octets id) {

    private static final Position START = new Position(Short.MIN_VALUE, Octets.of(new byte[0]));

    /// Reads a cursor; the beginning where there is none.
    ///
    /// @throws CursorMalformed when this installation did not make it
    static Position parse(Optional<String> cursor, int idBytes) {
        return cursor.map(text -> parse(text, idBytes)).orElse(START);
    }

    /// The cursor, opaque to whoever gets it.
    String text() {
        byte[] bytes = ByteBuffer.allocate(2 + id.length())
                .putShort(slot)
                .put(id.raw())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Position parse(String cursor, int idBytes) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            if (bytes.length != 2 + idBytes) {
                throw new CursorMalformed();
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            short slot = buffer.getShort();
            byte[] id = new byte[idBytes];
            buffer.get(id);
            return new Position(slot, Octets.of(id));
        } catch (IllegalArgumentException e) {
            throw new CursorMalformed();
        }
    }
}
