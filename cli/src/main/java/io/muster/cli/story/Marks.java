package io.muster.cli.story;

import java.nio.charset.Charset;

/// What stands before a check: signs where the terminal can show them, and always the word.
public record Marks(String pass, String fail, String note) {

    public static Marks of(Charset terminal) {
        return terminal.newEncoder().canEncode("✓✗·")
                ? new Marks("✓ passed", "✗ FAILED", "· noted ")
                : new Marks("+ passed", "X FAILED", "- noted ");
    }

    String of(String verdict) {
        return switch (verdict) {
            case "pass" -> pass;
            case "fail" -> fail;
            default -> note;
        };
    }
}
