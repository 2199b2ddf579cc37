package io.muster.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads the system's lists of users and groups.
final class AccountFile {
    private AccountFile() {}

    /// @param group a user's primary group; for a group its own number again
    record Entry(String name, int id, int group) {}

    static List<Entry> read(Path file) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
            String[] columns = line.split(":", -1);
            if (columns.length >= 4 && isNumber(columns[2])) {
                int id = Integer.parseInt(columns[2]);
                entries.add(new Entry(columns[0], id, isNumber(columns[3]) ? Integer.parseInt(columns[3]) : id));
            }
        }
        return entries;
    }

    private static boolean isNumber(String text) {
        return text.matches("\\d{1,9}");
    }
}
