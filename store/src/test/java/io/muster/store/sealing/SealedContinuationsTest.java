package io.muster.store.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.store.keyring.Keyring;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedContinuationsTest {

    private static final Name ACME = new Name("acme");
    private static final Name OTHER = new Name("other");
    private static final Name NOBODY = new Name("nobody");
    private static final Map<Name, Integer> NUMBERS = Map.of(ACME, 1, OTHER, 2);
    private static final Bytes CONTEXT = bytes("board-1 and its keys");
    private static final Bytes STATE = bytes("until noon");

    @TempDir
    Path directory;

    private SealedContinuations continuations;

    @BeforeEach
    void open() {
        continuations = node("keyring");
    }

    private SealedContinuations node(String keyring) {
        return new SealedContinuations(
                Keyring.open(directory.resolve(keyring)), name -> Optional.ofNullable(NUMBERS.get(name)));
    }

    @Test
    void what_was_sealed_opens_again_and_is_never_the_same_twice() {
        Bytes sealed = continuations.seal(ACME, CONTEXT, STATE);
        assertThat(continuations.open(ACME, CONTEXT, sealed)).contains(STATE);
        assertThat(continuations.seal(ACME, CONTEXT, STATE)).isNotEqualTo(sealed);
        Bytes empty = Bytes.of(new byte[0]);
        assertThat(continuations.open(ACME, empty, continuations.seal(ACME, empty, empty)))
                .contains(empty);
    }

    @Test
    void it_opens_for_no_other_tenant_and_in_no_other_context() {
        Bytes sealed = continuations.seal(ACME, CONTEXT, STATE);
        assertThat(continuations.open(OTHER, CONTEXT, sealed)).isEmpty();
        assertThat(continuations.open(NOBODY, CONTEXT, sealed)).isEmpty();
        assertThat(continuations.open(ACME, bytes("board-2 and its keys"), sealed))
                .isEmpty();
        assertThat(continuations.open(ACME, Bytes.of(new byte[0]), sealed)).isEmpty();
    }

    @Test
    void it_opens_on_every_node_that_holds_the_keyring_and_on_no_other() {
        Bytes sealed = continuations.seal(ACME, CONTEXT, STATE);
        assertThat(node("keyring").open(ACME, CONTEXT, sealed)).contains(STATE);
        assertThat(node("another").open(ACME, CONTEXT, sealed)).isEmpty();
    }

    @Test
    void a_single_bit_of_difference_keeps_it_shut() {
        byte[] sealed = continuations.seal(ACME, CONTEXT, STATE).toArray();
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] flipped = sealed.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(continuations.open(ACME, CONTEXT, Bytes.of(flipped)))
                    .as("bit %d", bit)
                    .isEmpty();
        }
        assertThat(continuations.open(ACME, CONTEXT, Bytes.of(sealed))).contains(STATE);
    }

    @Test
    void cut_short_or_made_longer_it_stays_shut() {
        byte[] sealed = continuations.seal(ACME, CONTEXT, STATE).toArray();
        for (int length = 0; length < sealed.length; length++) {
            assertThat(continuations.open(ACME, CONTEXT, Bytes.of(Arrays.copyOf(sealed, length))))
                    .as("%d bytes", length)
                    .isEmpty();
        }
        assertThat(continuations.open(ACME, CONTEXT, Bytes.of(Arrays.copyOf(sealed, sealed.length + 1))))
                .isEmpty();
    }

    @Test
    void what_is_too_long_is_not_looked_at_and_not_made() {
        Bytes longest = Bytes.of(new byte[SealedContinuations.MAX_STATE_BYTES]);
        Bytes context = Bytes.of(new byte[SealedContinuations.MAX_CONTEXT_BYTES]);
        Bytes sealed = continuations.seal(ACME, context, longest);
        assertThat(sealed.size()).isEqualTo(SealedContinuations.MAX_BYTES);
        assertThat(continuations.open(ACME, context, sealed)).contains(longest);

        Bytes tooLong = Bytes.of(new byte[4097]);
        assertThat(continuations.open(ACME, context, tooLong)).isEmpty();
        assertThat(continuations.open(ACME, tooLong, sealed)).isEmpty();
        assertThatThrownBy(() -> continuations.seal(ACME, context, tooLong))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> continuations.seal(ACME, tooLong, longest))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> continuations.derive(ACME, tooLong)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_derived_key_is_the_same_on_every_node_and_for_nothing_else() {
        var key = continuations.derive(ACME, CONTEXT);
        assertThat(key.size()).isEqualTo(32);
        assertThat(continuations.derive(ACME, CONTEXT)).isEqualTo(key);
        assertThat(node("keyring").derive(ACME, CONTEXT)).isEqualTo(key);
        assertThat(node("another").derive(ACME, CONTEXT)).isNotEqualTo(key);
        assertThat(continuations.derive(OTHER, CONTEXT)).isNotEqualTo(key);
        assertThat(continuations.derive(ACME, STATE)).isNotEqualTo(key);
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
