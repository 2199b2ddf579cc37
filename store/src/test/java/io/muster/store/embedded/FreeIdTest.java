package io.muster.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreeIdTest {
    private static final Path FOLDER = Path.of("/srv/muster/cluster");

    @Test
    void the_choice_is_stable_for_a_folder() {
        assertThat(FreeId.pick(FOLDER, Set.of(), Set.of())).isEqualTo(FreeId.pick(FOLDER, Set.of(), Set.of()));
    }

    @Test
    void a_number_that_a_user_or_a_group_has_is_passed_over() {
        int first = FreeId.pick(FOLDER, Set.of(), Set.of());
        int second = FreeId.pick(FOLDER, Set.of(first), Set.of());
        int third = FreeId.pick(FOLDER, Set.of(first), Set.of(second));
        assertThat(Set.of(first, second, third)).hasSize(3);
    }
}
