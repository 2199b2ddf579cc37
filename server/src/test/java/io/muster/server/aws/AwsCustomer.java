package io.muster.server.aws;

import io.muster.core.access.Warrant;
import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.device.Secret;
import io.muster.core.roster.Claim;
import io.muster.core.roster.Claims;
import io.muster.core.roster.Registered;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.muster.server.testkit.BundledDatabase;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Operator;
import io.muster.store.Store;
import io.muster.store.database.DatabaseAddress;
import io.muster.store.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// A tenant whose devices come with a claim. Its claims are written by a second node on the same database.
final class AwsCustomer implements AutoCloseable {

    private final Customer customer;
    private final AdminApi admin;
    private final Store store;
    private final Maker maker = Maker.found("Claims");

    private AwsCustomer(Customer customer, AdminApi admin, Store store) {
        this.customer = customer;
        this.admin = admin;
        this.store = store;
    }

    /// @param data the data directory of a server that runs
    static AwsCustomer create(Path data, String tenant) {
        TestDatabase database = BundledDatabase.in(data).open();
        DatabaseAddress address = new DatabaseAddress(
                database.url(),
                database.user(),
                Optional.of(Secret.of(database.password().getBytes(StandardCharsets.UTF_8))));
        Store store = Store.open(address, data.resolve("keyring"), InstantSource.system());
        return new AwsCustomer(Customer.create(new Operator(data), tenant), new AdminApi(data), store);
    }

    Customer customer() {
        return customer;
    }

    /// A group whose devices come with a claim.
    void takesClaims(String enrollment, String template) {
        enrolls(enrollment, "{\"claims\":{}}", "\"template\":" + template);
    }

    /// An enrollment with a proof, both as the admin API has them.
    void enrolls(String enrollment, String proof, String more) {
        admin.post("/api/v1/tenants/" + customer.scope() + "/enrollments", """
                {"name":"%s","kind":"group","proof":%s,"allocation":{"policy":"hashed","hubs":[]},%s}
                """.formatted(enrollment, proof, more));
    }

    /// A claim within the standard budget.
    X509Device claim(String name, String enrollment) {
        return claim(name, enrollment, Claim.Budget.standard());
    }

    X509Device claim(String name, String enrollment, Claim.Budget budget) {
        X509Device shared = maker.make(name);
        done(claims()
                .make(
                        new Claims.Order(
                                tenant(),
                                new Name(name),
                                new Name(enrollment),
                                Bytes.of(shared.certificate()),
                                budget,
                                Instant.now().plus(Duration.ofDays(1))),
                        Warrant.of("test")));
        return shared;
    }

    void revokesClaim(String name) {
        done(claims().revoke(tenant(), new Name(name), Warrant.of("test")));
    }

    Claims claims() {
        return store.claims();
    }

    private Name tenant() {
        return new Name(customer.scope());
    }

    private static void done(Registered<?> registered) {
        if (!(registered instanceof Registered.Done)) {
            throw new AssertionError(registered.toString());
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
