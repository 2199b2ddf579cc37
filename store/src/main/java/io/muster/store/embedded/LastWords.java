package io.muster.store.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The end of what a program said, short enough for a message.
final class LastWords {
    private static final int LINES = 6;
    private static final int BYTES = 4096;

    private LastWords() {}

    static String of(String words) {
        List<String> lines = words.lines().filter(line -> !line.isBlank()).toList();
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }

    static String in(Path log) throws IOException {
        if (!Files.exists(log)) {
            return "(none)";
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - BYTES));
            byte[] end = new byte[(int) (file.length() - file.getFilePointer())];
            file.readFully(end);
            return of(new String(end, StandardCharsets.UTF_8));
        }
    }
}
