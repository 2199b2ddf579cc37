package io.muster.store.lane;

import java.sql.Connection;
import java.sql.SQLException;

/// An operator's change: runs in one transaction while every lane waits, so that it falls between two commits of
/// each. It may run more than once, and only the last run counts.
@FunctionalInterface
public interface RosterChange<T> {

    T write(Connection connection, Journal journal) throws SQLException;
}
