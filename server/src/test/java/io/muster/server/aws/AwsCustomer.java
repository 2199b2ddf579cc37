package io.muster.server.aws;

import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A tenant whose devices come with a claim.
record AwsCustomer(Customer customer, Maker maker) {

    static AwsCustomer create(Operator operator, String tenant) {
        return new AwsCustomer(Customer.create(operator, tenant), Maker.found("Claims of " + tenant));
    }

    /// A group whose devices come with a claim.
    void takesClaims(String enrollment, String template) {
        String file = customer.file(enrollment + ".json", template);
        customer.types("enrollment", "create", enrollment, "--template", file, "--hub", "eu-1");
    }

    /// A policy under a name, or another document in its place.
    void keepsPolicy(String verb, String name, String document) {
        customer.types("policy", verb, name, "--document", customer.file(name + ".policy.json", document));
    }

    /// A claim; more as `muster claim create` has it.
    X509Device claim(String name, String enrollment, String... more) {
        X509Device shared = maker.make(name);
        List<String> words = new ArrayList<>(List.of("claim", "create", name, "--enrollment", enrollment, "--cert"));
        words.add(customer.file(name + ".pem", shared.certificatePem()));
        words.addAll(Arrays.asList(more));
        customer.types(words.toArray(String[]::new));
        return shared;
    }

    void revokesClaim(String name) {
        customer.types("claim", "revoke", name);
    }
}
