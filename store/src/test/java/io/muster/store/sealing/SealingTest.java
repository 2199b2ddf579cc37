package io.muster.store.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.store.keyring.Keyring;
import io.muster.store.sealing.Address.Table;
import io.muster.store.sealing.BlindIndex.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealingTest {

    private static final byte[] PLAIN = "serial 4711".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private Keyring keyring;
    private Sealing sealing;
    private BlindIndex index;

    @BeforeEach
    void open() {
        keyring = Keyring.open(directory.resolve("keyring"));
        sealing = new Sealing(keyring);
        index = new BlindIndex(keyring.index());
    }

    @Test
    void a_row_opens_only_where_it_was_sealed() {
        Octets id = sealing.newId((short) 7, 0);
        Octets other = sealing.newId((short) 7, 0);
        DeviceKey key = sealing.newDeviceKey(1, id, id);
        Octets sealed = key.seal().seal(Address.of(Table.DEVICE, 1, id), PLAIN);

        assertThat(key.seal().open(Address.of(Table.DEVICE, 1, id), sealed)).isEqualTo(PLAIN);
        for (Address elsewhere : new Address[] {
            Address.of(Table.DEVICE, 1, other),
            Address.of(Table.DEVICE, 2, id),
            Address.of(Table.ENTRY, 1, id),
            Address.of(Table.DEVICE, 1, id, 1)
        }) {
            assertThatThrownBy(() -> key.seal().open(elsewhere, sealed)).isInstanceOf(BrokenSealException.class);
        }
    }

    @Test
    void a_device_key_opens_for_its_device_alone() {
        Octets id = sealing.newId((short) 7, 0);
        Octets other = sealing.newId((short) 7, 0);
        DeviceKey key = sealing.newDeviceKey(1, id, id);
        Octets sealed = key.seal().seal(Address.of(Table.DEVICE, 1, id), PLAIN);
        Sealing elsewhere = new Sealing(keyring);
        DeviceKey read = elsewhere.deviceKey(1, id, key.bucketKey(), key.wrapped());

        assertThat(read.seal().open(Address.of(Table.DEVICE, 1, id), sealed)).isEqualTo(PLAIN);
        assertThatThrownBy(() -> new Sealing(keyring).deviceKey(1, other, key.bucketKey(), key.wrapped()))
                .isInstanceOf(BrokenSealException.class);
        assertThatThrownBy(() -> new Sealing(keyring).deviceKey(2, id, key.bucketKey(), key.wrapped()))
                .isInstanceOf(BrokenSealException.class);
        assertThatThrownBy(() -> new Sealing(keyring).deviceKey(1, id, 99, key.wrapped()))
                .isInstanceOf(BrokenSealException.class)
                .hasMessageContaining("erased");
    }

    @Test
    void the_same_value_is_found_again_and_tenants_and_kinds_never_meet() {
        Indexed first = index.index(1, Kind.NAME, PLAIN);

        assertThat(new BlindIndex(Keyring.open(directory.resolve("keyring")).index()).index(1, Kind.NAME, PLAIN))
                .isEqualTo(first);
        assertThat(index.index(2, Kind.NAME, PLAIN).bi()).isNotEqualTo(first.bi());
        assertThat(index.index(1, Kind.KEY, PLAIN).bi()).isNotEqualTo(first.bi());
        assertThat(index.index(1, Kind.NAME, "another".getBytes(StandardCharsets.UTF_8))
                        .id())
                .isNotEqualTo(first.id());
        assertThat(first.id().slot()).isEqualTo(first.slot());
    }
}
