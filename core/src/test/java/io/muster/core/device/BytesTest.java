package io.muster.core.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BytesTest {

    @Test
    void octets_cannot_be_changed_from_outside() {
        byte[] mine = {1, 2, (byte) 0xab};
        Bytes bytes = Bytes.of(mine);
        mine[0] = 9;
        bytes.toArray()[1] = 9;
        assertThat(bytes.hex()).isEqualTo("0102ab");
        assertThat(bytes.size()).isEqualTo(3);
    }

    @Test
    void equal_octets_are_equal_and_print_by_length_alone() {
        Bytes first = Bytes.of(new byte[] {1, 2});
        assertThat(first)
                .isEqualTo(Bytes.of(new byte[] {1, 2}))
                .hasSameHashCodeAs(Bytes.of(new byte[] {1, 2}))
                .isNotEqualTo(Bytes.of(new byte[] {1, 3}))
                .hasToString("2 bytes");
    }
}
