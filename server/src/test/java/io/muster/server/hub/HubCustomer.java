package io.muster.server.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A tenant whose hub is the one that is built in.
///
/// @param house where its devices connect
record HubCustomer(Installation house, Customer customer) {

    private static final JsonMapper JSON = new JsonMapper();

    /// The hub, by its name; the customer has another one, which is elsewhere.
    static final String HERE = "here";

    /// The host of the hub: the SDK takes none without a dot.
    static final String HOST = "127.0.0.1";

    static HubCustomer create(Installation house, String tenant) {
        Customer customer = Customer.create(house.operator(), tenant);
        customer.types("hub", "create", HERE, "--region", "eu", "--endpoint", "mqtts://" + HOST + ":8883");
        return new HubCustomer(house, customer);
    }

    /// The payloads of what is kept of what a device said, in order.
    List<String> payloads(String registrationId) {
        return payloads("telemetry.ndjson", registrationId);
    }

    /// The payloads of what is kept apart.
    List<String> aside(String registrationId) {
        return payloads("quarantine.ndjson", registrationId);
    }

    private List<String> payloads(String file, String registrationId) {
        Path lines = house.data().resolve("telemetry").resolve(file);
        try {
            return Files.exists(lines)
                    ? Files.readAllLines(lines).stream()
                            .map(line -> read(line).path("data"))
                            .filter(it -> it.path("registrationId").asText().equals(registrationId))
                            .map(it -> it.path("payload").asText())
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether a device is connected, why not, by what protocol and whence; the empty string where it never was.
    String presence(String registrationId) {
        JsonNode presence = customer.device(registrationId).path("presence");
        return Stream.of("state", "reason", "door", "network")
                .map(it -> presence.path(it).asText())
                .filter(it -> !it.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
