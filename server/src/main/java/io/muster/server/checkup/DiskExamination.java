package io.muster.server.checkup;

import io.muster.desk.health.Examination;
import io.muster.desk.health.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// Room on the disk of a folder.
public final class DiskExamination implements Examination {

    private static final long MEBIBYTE = 1L << 20;
    private static final long GIBIBYTE = 1L << 30;
    private static final long LEAST = 512 * MEBIBYTE;
    private static final long FEW = 5 * GIBIBYTE;

    private final Path folder;

    public DiskExamination(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public List<Finding> findings(Instant now) {
        try {
            return List.of(finding(Files.getFileStore(folder).getUsableSpace()));
        } catch (IOException e) {
            return List.of(Finding.warn(name(), folder + " cannot be looked at: " + e.getMessage(), "Look with df."));
        }
    }

    Finding finding(long left) {
        String room = left < GIBIBYTE ? left / MEBIBYTE + " MiB" : left / GIBIBYTE + " GiB";
        String what = "The disk of " + folder + " has " + room + " left.";
        if (left < LEAST) {
            return Finding.fail(
                    name(), what + " A database on it stops when it is full.", "Make room, or grow the disk.");
        }
        return left < FEW
                ? Finding.warn(name(), what, "Make room, or grow the disk, before it is full.")
                : Finding.ok(name(), what);
    }
}
