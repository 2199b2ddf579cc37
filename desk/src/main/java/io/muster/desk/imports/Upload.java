package io.muster.desk.imports;

import io.muster.core.ledger.LedgerUnavailable;
import io.muster.core.roster.Import;
import io.muster.core.roster.Imports;
import io.muster.desk.problem.Problem;
import io.muster.desk.problem.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// Takes in a file part by part, each stored before the next is read.
final class Upload {

    private final Imports imports;

    Upload(Imports imports) {
        this.imports = imports;
    }

    /// What came of it.
    sealed interface Taken {
        record Whole(Import whole) implements Taken {}

        record Not(Problem problem) implements Taken {}
    }

    /// @param length that the file is said to have, in bytes; -1: nobody says
    Taken take(Import receiving, InputStream file, long length) {
        if (length > Import.MAX_BYTES) {
            return over(receiving);
        }
        MessageDigest digest = sha256();
        long size = 0;
        try {
            byte[] part = file.readNBytes(Imports.MAX_PART);
            for (int number = 0; part.length > 0; number++) {
                size += part.length;
                if (size > Import.MAX_BYTES) {
                    return over(receiving);
                }
                digest.update(part);
                if (!imports.receive(receiving, number, part)) {
                    return new Taken.Not(canceled());
                }
                part = file.readNBytes(Imports.MAX_PART);
            }
        } catch (IOException _) {
            imports.abandon(receiving, "The upload was cut off after " + size + " bytes.");
            return new Taken.Not(cutOff(size));
        } catch (LedgerUnavailable e) {
            giveUp(receiving);
            throw e;
        }
        Optional<Import> whole =
                imports.received(receiving, size, HexFormat.of().formatHex(digest.digest()));
        return whole.<Taken>map(Taken.Whole::new).orElseGet(() -> new Taken.Not(canceled()));
    }

    /// The database may be away; an upload that does not go on is ended by whoever tidies up.
    private void giveUp(Import receiving) {
        try {
            imports.abandon(receiving, "The database could not be reached while the file was received.");
        } catch (LedgerUnavailable _) {
            return;
        }
    }

    private Taken over(Import receiving) {
        String what = "The file is larger than " + Import.MAX_BYTES / 1048576 + " MiB.";
        imports.abandon(receiving, what);
        return new Taken.Not(
                Problem.of(ProblemKind.BODY_TOO_LARGE, what, "Split it, and import one part after the other."));
    }

    private static Problem cutOff(long size) {
        return Problem.of(
                ProblemKind.INVALID_REQUEST,
                "The file was cut off after " + size + " bytes.",
                "Send it again; what is there already is not added twice.");
    }

    private static Problem canceled() {
        return Problem.of(
                ProblemKind.CONFLICT,
                "The import was canceled while its file was on its way.",
                "Send the file again if it is to be imported.");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
