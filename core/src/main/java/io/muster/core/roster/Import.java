package io.muster.core.roster;

import io.muster.core.access.Warrant;
import io.muster.core.device.Name;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A file of enrollments that is taken in by a job: first all of it is checked, then all of it is stored.
///
/// @param warrant  on whose word
/// @param digest   SHA-256 of the file, lower-case hexadecimal; empty while it is being received
/// @param findings what was found wrong, or not taken over, in the order of the lines, at most
///     [#MAX_FINDINGS]; empty in lists
/// @param failure  why it failed, in words; of a failed one alone
public record Import(
        ImportId id,
        Name tenant,
        Order order,
        Warrant warrant,
        State state,
        Optional<String> digest,
        Tally tally,
        List<Finding> findings,
        Optional<String> failure,
        Instant createdAt,
        Instant changedAt) {

    /// Most findings that are kept; the tally counts all.
    public static final int MAX_FINDINGS = 1000;

    /// The largest file, in bytes.
    public static final long MAX_BYTES = 256L * 1024 * 1024;

    public Import {
        findings = List.copyOf(findings);
    }

    /// What the file is, and what is to be done with it.
    ///
    /// @param dryRun  check it and store nothing
    /// @param skipBad store what is good although something is bad
    /// @param groups  whether whoever asked may create groups, too
    public record Order(Format format, boolean dryRun, boolean skipBad, boolean groups) {}

    /// How the file is written.
    public enum Format {
        /// RFC 4180, with a line of titles.
        CSV,
        /// One JSON object a line, as the admin API takes it.
        JSONL,
        /// What `az iot dps enrollment list` and its like print.
        AZURE_DPS,
        /// What `aws iot list-things`, `describe-certificate` and their like print.
        AWS_IOT
    }

    public enum State {
        /// The file is on its way.
        RECEIVING,
        /// The whole file is here, and is checked or waits for it.
        VALIDATING,
        /// It is good, and is being stored.
        APPLYING,
        /// Everything that it holds is stored, but for what was to be skipped; in a dry run: everything could be.
        DONE,
        /// Something in it is bad, and nothing was stored.
        REFUSED,
        /// Somebody stopped it. What was stored until then stays.
        CANCELED,
        /// It could not go on; what was stored until then stays, and the same file may be sent again.
        FAILED;

        public boolean ended() {
            return switch (this) {
                case RECEIVING, VALIDATING, APPLYING -> false;
                case DONE, REFUSED, CANCELED, FAILED -> true;
            };
        }
    }

    /// Where it stands. An item is one enrollment.
    ///
    /// @param bytes   size of the file as far as it is here
    /// @param items   how many the file holds; 0 until all of it was checked
    /// @param checked how many were checked
    /// @param applied how many were gone through while storing
    /// @param added   how many were stored; in a dry run, would be
    /// @param same    how many were there already
    /// @param bad     how many are bad
    /// @param notes   how many times something was not taken over
    public record Tally(long bytes, int items, int checked, int applied, int added, int same, int bad, int notes) {

        public static final Tally NOTHING = new Tally(0, 0, 0, 0, 0, 0, 0, 0);
    }

    /// Something about one place of the file. It never repeats what stands there: that may be a key.
    ///
    /// @param bad    whether the item is bad; else something of it is not taken over
    /// @param line   from 1; 0: the whole file
    /// @param field  a column, or a JSON pointer; may be empty
    /// @param what   what is wrong, and why
    /// @param remedy what to do next
    public record Finding(boolean bad, long line, String field, String what, String remedy) {}

    /// The next step of the same import.
    public Import now(State next, Tally reached, List<Finding> found, Optional<String> why) {
        return new Import(id, tenant, order, warrant, next, digest, reached, found, why, createdAt, changedAt);
    }
}
