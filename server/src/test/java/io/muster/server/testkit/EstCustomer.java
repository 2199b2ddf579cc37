package io.muster.server.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A customer whose devices speak EST, and a folder in which a device's own tools find the server's anchor.
public final class EstCustomer {

    private final Installation house;
    private final Customer customer;

    private EstCustomer(Installation house, Customer customer) {
        this.house = house;
        this.customer = customer;
    }

    public static EstCustomer create(Installation house, String tenant) {
        return new EstCustomer(house, Customer.create(house.operator(), tenant));
    }

    public Customer customer() {
        return customer;
    }

    /// A group whose devices come with one-time tokens.
    public void handsOutTokens(String enrollment, String... more) {
        List<String> words = new ArrayList<>(List.of("enrollment", "create", enrollment, "--one-time-tokens"));
        words.addAll(Arrays.asList(more));
        customer.asks(words.toArray(String[]::new));
    }

    /// A token for a device, as the operator reads it.
    public String token(String enrollment, String registrationId, String... more) {
        List<String> words = new ArrayList<>(List.of("token", "create", registrationId, "--enrollment", enrollment));
        words.addAll(Arrays.asList(more));
        return customer.asks(words.toArray(String[]::new)).path("token").asText();
    }

    /// A device's folder: `server.pem` is what it trusts, `$EST` the address of its enrollment as a path prefix and
    /// `$LABELED` as a label.
    public Bash device(String enrollment) throws IOException {
        Path folder = Ground.folder("device");
        Files.copy(house.house().data().serverAnchor(), folder.resolve("server.pem"));
        String label = customer.scope() + "." + enrollment;
        String base = house.house().devicesUrl().toString();
        Files.writeString(
                folder.resolve("env"),
                "EST=" + base + "/" + label + "\nLABELED=" + base + "/.well-known/est/" + label + "\nROOT=" + base
                        + "\n");
        return Bash.in(folder);
    }

    /// The certificates of a device, as its operator sees them.
    public List<JsonNode> certificates(String registrationId) {
        List<JsonNode> items = new ArrayList<>();
        customer.asks("cert", "list", "--registration-id", registrationId)
                .path("items")
                .forEach(items::add);
        return items;
    }
}
