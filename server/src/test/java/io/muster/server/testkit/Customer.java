package io.muster.server.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.fleet.device.GroupKey;
import io.muster.fleet.device.X509Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;

/// A tenant with one hub, set up by commands as its operator would.
public final class Customer {

    /// The host of its hub: what `assignedHub` says to its devices.
    public static final String HUB = "eu-1.example.com";

    private final Operator operator;
    private final String tenant;
    private final Path folder = Ground.folder("customer");

    private Customer(Operator operator, String tenant) {
        this.operator = operator;
        this.tenant = tenant;
    }

    /// Creates a tenant, and hub `eu-1` in region `eu`.
    public static Customer create(Operator operator, String tenant) {
        Customer customer = new Customer(operator, tenant);
        operator.types("tenant", "create", tenant);
        customer.types("hub", "create", "eu-1", "--region", "eu", "--endpoint", "mqtts://" + HUB + ":8883");
        return customer;
    }

    /// Its ID scope.
    public String scope() {
        return tenant;
    }

    /// A group of devices whose certificates come from an authority.
    public void trusts(String enrollment, String authorityPem, String... more) {
        creates(enrollment, List.of("--x509-ca", file(enrollment + ".pem", authorityPem)), more);
    }

    /// One device by its very certificate.
    public void pins(String enrollment, X509Device device) {
        String pem = "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(device.certificate())
                + "\n-----END CERTIFICATE-----\n";
        creates(
                enrollment,
                List.of("--x509-cert", file(enrollment + ".pem", pem), "--registration-id", device.registrationId()));
    }

    /// A group of devices with derived keys; its primary key.
    public GroupKey sharesKey(String enrollment, String... more) {
        return GroupKey.fromBase64(keyOf(creates(enrollment, List.of("--symmetric-key"), more)));
    }

    /// The same as [#sharesKey], as the operator reads it.
    public String sharesKeyInBase64(String enrollment, String... more) {
        return keyOf(creates(enrollment, List.of("--symmetric-key"), more));
    }

    /// One device with a key of its own, in base64.
    public String givesKey(String enrollment, String registrationId, String... more) {
        return keyOf(creates(enrollment, List.of("--symmetric-key", "--registration-id", registrationId), more));
    }

    /// Every device that the installation has of it.
    public List<JsonNode> devices() {
        JsonNode items = asks("device", "list", "--all").path("items");
        return StreamSupport.stream(items.spliterator(), false).toList();
    }

    public JsonNode device(String name) {
        return asks("device", "get", name);
    }

    /// The newest attempt of a device, as `muster why` has it for scripts.
    public JsonNode why(String name) {
        return asks("why", name);
    }

    public String types(String... words) {
        return operator.types(mine(words));
    }

    public JsonNode asks(String... words) {
        return operator.asks(mine(words));
    }

    /// A file with a text, for an option that wants one.
    public String file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode creates(String enrollment, List<String> proof, String... more) {
        List<String> words = new ArrayList<>(List.of("enrollment", "create", enrollment));
        words.addAll(proof);
        words.addAll(Arrays.asList(more));
        return asks(words.toArray(String[]::new));
    }

    private static String keyOf(JsonNode enrollment) {
        return enrollment.at("/proof/symmetricKey/primaryKey").asText();
    }

    private String[] mine(String... words) {
        List<String> all = new ArrayList<>(Arrays.asList(words));
        all.addAll(List.of("--tenant", tenant));
        return all.toArray(String[]::new);
    }
}
