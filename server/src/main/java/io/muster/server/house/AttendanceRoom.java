package io.muster.server.house;

import io.muster.core.flow.Attendance;
import io.muster.core.ledger.LedgerUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps which devices are connected. It closes after the doors: that everybody left is kept, too.
final class AttendanceRoom implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AttendanceRoom.class);

    private final Attendance attendance;
    private final Worker worker;

    private AttendanceRoom(Attendance attendance, Worker worker) {
        this.attendance = attendance;
        this.worker = worker;
    }

    static AttendanceRoom open(Attendance attendance) {
        return new AttendanceRoom(attendance, Worker.start("attendance", attendance::keep));
    }

    @Override
    public void close() {
        worker.close();
        try {
            boolean more = true;
            while (more) {
                more = attendance.keep();
            }
        } catch (LedgerUnavailable e) {
            LOG.info(
                    "Which devices left at the end is not kept; within a minute nobody counts them: {}",
                    e.getMessage());
        }
    }
}
