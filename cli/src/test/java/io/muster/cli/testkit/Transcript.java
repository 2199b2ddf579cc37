package io.muster.cli.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One command of a transcript. In the file each line begins with what it is: `#` names the command, `$` is typed,
/// `>` is asked of the server, `<` is its answer, `!` stands on the error stream, `?` is the exit code; anything
/// else, set in by two spaces, stands on the output.
public record Transcript(
        String name,
        String typed,
        List<String> asked,
        List<String> answers,
        List<String> out,
        List<String> err,
        int exit) {

    public static List<Transcript> read(Path file) {
        try {
            List<Transcript> all = new ArrayList<>();
            List<String> block = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("# ") && !block.isEmpty()) {
                    all.add(parse(block));
                    block.clear();
                }
                block.add(line);
            }
            all.add(parse(block));
            return all;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Transcript parse(List<String> block) {
        return new Transcript(
                one(block, "# "),
                one(block, "$ "),
                all(block, "> "),
                all(block, "< "),
                all(block, "  "),
                all(block, "! "),
                Integer.parseInt(one(block, "? ")));
    }

    private static String one(List<String> block, String mark) {
        List<String> found = all(block, mark);
        if (found.size() != 1) {
            throw new IllegalArgumentException("One line with " + mark + " is wanted in " + block);
        }
        return found.getFirst();
    }

    private static List<String> all(List<String> block, String mark) {
        return block.stream()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(mark.length()))
                .toList();
    }
}
