package io.muster.store.ledger;

import io.muster.core.ledger.Creations.Kept;
import io.muster.store.sealing.Octets;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;

/// What a claim has spent, while its row is held. A window begins with its first certificate, by the database's clock.
final class ClaimCount {

    /// More networks are not told apart.
    private static final int MOST_NETWORKS = 255;

    private static final int NETWORK_BYTES = 4;
    private static final long SECOND = 1000;

    /// What a claim may.
    private record Terms(boolean open, long creates, long windowMillis, int perSecond, long now) {}

    private final Terms terms;
    private long windowStart;
    private long spent;
    private long secondStart;
    private int secondSpent;
    private byte[] networks;

    private ClaimCount(Terms terms, long windowStart, long spent, long secondStart, int secondSpent, byte[] networks) {
        this.terms = terms;
        this.windowStart = windowStart;
        this.spent = spent;
        this.secondStart = secondStart;
        this.secondSpent = secondSpent;
        this.networks = networks;
    }

    /// @param first number of the first of the columns in the row
    static ClaimCount read(ResultSet row, int first) throws SQLException {
        long notAfter = row.getLong(first + 10);
        long now = row.getLong(first + 11);
        boolean open = row.getShort(first) == 0 && row.getBoolean(first + 1) && now < notAfter;
        Terms terms = new Terms(open, row.getLong(first + 2), row.getLong(first + 3), row.getInt(first + 8), now);
        return new ClaimCount(
                terms,
                row.getLong(first + 4),
                row.getLong(first + 5),
                row.getLong(first + 6),
                row.getInt(first + 7),
                row.getBytes(first + 9));
    }

    /// Takes one, where one is left.
    Kept grant(Octets network) {
        if (!terms.open()) {
            return new Kept.Ended();
        }
        if (terms.now() >= windowStart + terms.windowMillis()) {
            windowStart = terms.now();
            spent = 0;
        }
        if (terms.now() >= secondStart + SECOND) {
            secondStart = terms.now();
            secondSpent = 0;
        }
        if (spent >= terms.creates()) {
            return new Kept.Spent(terms.creates(), Duration.ofMillis(terms.windowMillis()));
        }
        if (secondSpent >= terms.perSecond()) {
            return new Kept.TooFast(terms.perSecond());
        }
        spent++;
        secondSpent++;
        remember(network);
        return new Kept.Done();
    }

    private void remember(Octets network) {
        boolean full = networks.length >= MOST_NETWORKS * NETWORK_BYTES;
        if (network.length() != NETWORK_BYTES || full || knows(network)) {
            return;
        }
        networks = ByteBuffer.allocate(networks.length + NETWORK_BYTES)
                .put(networks)
                .put(network.raw())
                .array();
    }

    private boolean knows(Octets network) {
        for (int at = 0; at < networks.length; at += NETWORK_BYTES) {
            if (Arrays.equals(networks, at, at + NETWORK_BYTES, network.raw(), 0, NETWORK_BYTES)) {
                return true;
            }
        }
        return false;
    }

    long windowStart() {
        return windowStart;
    }

    long spent() {
        return spent;
    }

    long secondStart() {
        return secondStart;
    }

    int secondSpent() {
        return secondSpent;
    }

    Octets networks() {
        return Octets.of(networks);
    }
}
