package io.muster.store.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

/// One server: how to start its process, and how to ask whether it answers.
record Server(Launch launch, Programs programs, Home home, Password password, int port) {
    private static final long LOG_LIMIT = 10L << 20;
    private static final String CANNOT_CONNECT_NOW = "57P03";
    private static final String TOO_MANY_CONNECTIONS = "53300";
    private static final String PASSWORD_REFUSED = "28P01";

    /// What the server answers to a knock.
    enum Answer {
        READY,
        RECOVERING,
        SILENT,
        PASSWORD_REFUSED
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// The password goes to whoever holds the port, so it is never sent: only a proof of it is (SCRAM).
    String url() {
        return "jdbc:postgresql://127.0.0.1:%d/postgres?sslmode=disable&gssEncMode=disable&requireAuth=scram-sha-256"
                .formatted(port);
    }

    Process spawn() throws IOException {
        Path log = home.log();
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT) {
            Files.move(log, log.resolveSibling("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> command =
                List.of(programs.postgres().toString(), "-D", home.cluster().toString(), "-p", String.valueOf(port));
        return launch.leashed(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    Answer knock() {
        Properties properties = new Properties();
        properties.setProperty("user", Cluster.USER);
        properties.setProperty("password", password.reveal());
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "5");
        try (Connection connection = DriverManager.getConnection(url(), properties)) {
            return connection.isClosed() ? Answer.SILENT : Answer.READY;
        } catch (SQLException e) {
            return switch (String.valueOf(e.getSQLState())) {
                case CANNOT_CONNECT_NOW -> Answer.RECOVERING;
                case TOO_MANY_CONNECTIONS -> Answer.READY;
                case PASSWORD_REFUSED -> Answer.PASSWORD_REFUSED;
                default -> Answer.SILENT;
            };
        }
    }
}
