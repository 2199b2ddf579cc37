package io.muster.attestors.tpm.structure;

/// The attributes of one key.
///
/// @param bits TPMA_OBJECT as it is on the wire
public record KeyAttributes(int bits) {

    private static final int KNOWN = known();

    /// Bits that the specification reserves must be clear: nobody knows what they would promise.
    static KeyAttributes read(Cursor cursor) {
        int bits = (int) cursor.u32("the attributes of the key");
        if ((bits & ~KNOWN) != 0) {
            throw Unreadable.malformed("reserved attribute bits are set");
        }
        return new KeyAttributes(bits);
    }

    public boolean has(KeyAttribute attribute) {
        return (bits & attribute.mask()) != 0;
    }

    /// Whether it is a storage key: one that protects other keys and nothing else.
    public boolean isStorage() {
        return has(KeyAttribute.RESTRICTED) && has(KeyAttribute.DECRYPT) && !has(KeyAttribute.SIGN);
    }

    private static int known() {
        int known = 0;
        for (KeyAttribute attribute : KeyAttribute.values()) {
            known |= attribute.mask();
        }
        return known;
    }
}
