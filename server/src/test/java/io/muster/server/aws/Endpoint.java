package io.muster.server.aws;

import io.muster.server.testkit.ChildNode;
import io.muster.server.testkit.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where devices connect.
///
/// @param anchorPem what they trust
record Endpoint(String host, int port, String anchorPem) {

    static Endpoint of(Installation house) {
        return new Endpoint("localhost", house.house().mqttPort().orElseThrow(), anchor(house.data()));
    }

    /// The HTTPS listener speaks MQTT, too.
    static Endpoint besideHttps(Installation house) {
        return new Endpoint("localhost", house.house().devicesUrl().getPort(), anchor(house.data()));
    }

    static Endpoint of(ChildNode node) {
        return new Endpoint("localhost", node.port(), anchor(node.data()));
    }

    private static String anchor(Path data) {
        try {
            return Files.readString(data.resolve("trust").resolve("server-ca.pem"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
