package io.muster.store.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// A database for a test, and how to get in.
public record TestDatabase(String url, String user, String password) {

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    TestDatabase named(String name) {
        return new TestDatabase(url.replaceFirst("/postgres\\?", "/" + name + "?"), user, password);
    }
}
