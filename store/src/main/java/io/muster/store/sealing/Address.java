package io.muster.store.sealing;

import java.nio.ByteBuffer;

/// Where a ciphertext lies: the associated data of its seal.
public final class Address {

    /// The tables that hold ciphertexts; the numbers are part of every seal and never change.
    public enum Table {
        DEVICE(1),
        DEVICE_KEY(2),
        ENTRY(3),
        ATTEMPT(4),
        OPERATION(5),
        ENROLLMENT(6),
        ROSTER(7),
        CREDENTIAL(8),
        TOKEN(9),
        AUTHORITY(10),
        PROFILE(11),
        ANCHOR(12),
        CLAIM(13),
        CREATION(14),
        POLICY(15),
        PRESENCE(16),
        IMPORT(20),
        IMPORT_PART(21),
        IMPORT_FINDINGS(22),
        PRINCIPAL(30),
        ANSWER(31),
        PRINCIPAL_KEY(32);

        private final byte number;

        Table(int number) {
            this.number = (byte) number;
        }
    }

    private static final byte FORM = 1;

    private final byte[] bytes;

    private Address(byte[] bytes) {
        this.bytes = bytes;
    }

    /// A row whose key is an id that carries its slot.
    public static Address of(Table table, int tenant, Octets id) {
        return of(table, tenant, id, 0);
    }

    /// A row whose key is an id and a version of it.
    public static Address of(Table table, int tenant, Octets id, int version) {
        byte[] key = id.raw();
        ByteBuffer buffer = ByteBuffer.allocate(10 + key.length);
        return new Address(buffer.put(table.number)
                .put(FORM)
                .putInt(tenant)
                .putInt(version)
                .put(key)
                .array());
    }

    byte[] bytes() {
        return bytes;
    }
}
