package io.muster.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HarmlessTest {

    @Test
    void what_could_play_tricks_with_a_terminal_is_shown_as_what_it_is() {
        assertThat(Harmless.text("\u001b[31mred")).isEqualTo("\\u{1b}[31mred");
        assertThat(Harmless.text("\u009b31m")).isEqualTo("\\u{9b}31m");
        assertThat(Harmless.text("a\r\nb\u2028c")).isEqualTo("a\\u{d}\\u{a}b\\u{2028}c");
        assertThat(Harmless.text("user\u202etxt.exe")).isEqualTo("user\\u{202e}txt.exe");
        assertThat(Harmless.text("zero\u200bwidth")).isEqualTo("zero\\u{200b}width");
        assertThat(Harmless.text("half \ud800.")).isEqualTo("half \\u{d800}.");
        assertThat(Harmless.text("tag \udb40\udc41")).isEqualTo("tag \\u{e0041}");
    }

    @Test
    void what_people_write_stays() {
        String text = "Pumpe 1, Zürich; 水泵 ✓ 🚰 pump-{id}";
        assertThat(Harmless.text(text)).isEqualTo(text);
    }
}
