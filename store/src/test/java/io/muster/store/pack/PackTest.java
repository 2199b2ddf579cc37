package io.muster.store.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 63, 64, -64, -65, 1_700_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE})
    void numbers_come_back(long number) {
        assertThat(new Unpacker(1, new Packer(1).number(number).bytes()).number())
                .isEqualTo(number);
    }

    @Test
    void values_come_back_in_their_order() {
        byte[] packed = new Packer(3)
                .text("grün")
                .maybe(Optional.of(""))
                .maybe(Optional.empty())
                .hex("00ff")
                .list(List.of("a", "b"), Packer::text)
                .bytes();
        Unpacker in = new Unpacker(3, packed);
        assertThat(in.text()).isEqualTo("grün");
        assertThat(in.maybe()).contains("");
        assertThat(in.maybe()).isEmpty();
        assertThat(in.hex()).isEqualTo("00ff");
        assertThat(in.list(Unpacker::text)).containsExactly("a", "b");
    }

    @Test
    void another_form_is_refused_by_its_number() {
        assertThatThrownBy(() -> new Unpacker(1, new Packer(2).bytes())).hasMessageContaining("form 2");
    }

    @Test
    void known_sentences_cost_next_to_nothing_and_unknown_ones_come_back_too() {
        Squeeze squeeze = new Squeeze();
        byte[] known = "A key proves one device only. The enrollment is enabled. Neither is on the block list."
                .getBytes(StandardCharsets.UTF_8);
        byte[] unknown =
                "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich.".getBytes(StandardCharsets.UTF_8);
        assertThat(squeeze.squeeze(known)).hasSizeLessThan(25);
        assertThat(squeeze.expand(squeeze.squeeze(known))).isEqualTo(known);
        assertThat(squeeze.expand(squeeze.squeeze(unknown))).isEqualTo(unknown);
    }
}
