package io.muster.store.lane;

import io.muster.store.database.Bind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/// Step 8: what survived is written, in key order, one `unnest` statement for each table, and the lane's new head.
/// The statements travel together and are carried out one after the other, each with a snapshot of its own.
final class Rows {

    private static final String HEAD = """
            UPDATE lane SET head_seq = ?, head_hash = ? WHERE lane = ?""";

    private final int lane;
    private final DeviceSheets devices = new DeviceSheets();
    private final CertificateSheets certificates = new CertificateSheets();
    private final FacetSheets facets = new FacetSheets();
    private final TokenSheets tokens = new TokenSheets();
    private final TraceSheets traces = new TraceSheets();
    private Head head;

    private Rows(int lane, Head head) {
        this.lane = lane;
        this.head = head;
    }

    /// Writes the survivors' rows and returns the new head.
    static Head write(Connection connection, int lane, Head head, List<Candidate> survivors) throws SQLException {
        Rows rows = new Rows(lane, head);
        survivors.forEach(rows::collect);
        rows.run(connection);
        return rows.head;
    }

    private void collect(Candidate candidate) {
        head = traces.collect(candidate, lane, head);
        devices.collect(candidate, lane, head.seq());
        certificates.collect(candidate, lane, head.seq());
        facets.collect(candidate.work());
        tokens.collect(candidate);
    }

    private void run(Connection connection) throws SQLException {
        List<Sheet<?>> sheets = new ArrayList<>();
        sheets.addAll(devices.sheets());
        sheets.addAll(certificates.sheets());
        sheets.addAll(facets.sheets());
        sheets.addAll(tokens.sheets());
        sheets.addAll(traces.sheets());
        sheets.removeIf(Sheet::isEmpty);
        StringJoiner sql = new StringJoiner(";\n");
        sheets.forEach(sheet -> sql.add(sheet.sql()));
        sql.add(HEAD);
        try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            Bind<?> bind = Bind.of(statement, List.of());
            for (Sheet<?> sheet : sheets) {
                bind = sheet.bind(bind);
            }
            bind.number(head.seq()).octets(head.hash()).number(lane);
            statement.execute();
        }
    }
}
