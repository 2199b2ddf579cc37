package io.muster.store.lane;

import io.muster.store.lane.CommitUnknown.Witness;
import io.muster.store.sealing.Octets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Rows that prove that a transaction was committed: their ids are random, nobody else writes the same.
final class Witnesses {

    private Witnesses() {}

    /// The attempt of an act.
    static Witness attempt(AttemptRow row) {
        return connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT 1 FROM attempt WHERE slot = ? AND subject_id = ? AND attempt_id = ?")) {
                select.setShort(1, row.slot());
                select.setBytes(2, row.subjectId().raw());
                select.setBytes(3, row.attemptId().raw());
                return found(select);
            }
        };
    }

    /// The entry of an act that has no attempt: an operator's.
    static Witness act(EntryRow row) {
        return connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT 1 FROM entry WHERE slot = ? AND subject_id = ? AND version = ? AND act_id = ?")) {
                select.setShort(1, row.slot());
                select.setBytes(2, row.subjectId().raw());
                select.setInt(3, row.version());
                select.setBytes(4, row.actId().raw());
                return found(select);
            }
        };
    }

    /// A change's last entry; its leaf hash covers its random act id.
    static Witness entry(int lane, long seq, Octets leafHash) {
        return connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT 1 FROM entry WHERE lane = ? AND seq = ? AND leaf_hash = ?")) {
                select.setInt(1, lane);
                select.setLong(2, seq);
                select.setBytes(3, leafHash.raw());
                return found(select);
            }
        };
    }

    private static boolean found(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }
}
