package io.muster.core.testkit;

import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.issuance.Issuer;
import io.muster.core.issuance.Order;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An issuer whose certificates are words. It signs whatever it is ordered to, unless it was told what to say.
public final class MemoryIssuer implements Issuer {

    private final List<Order> orders = new ArrayList<>();
    private Optional<Result> instead = Optional.empty();

    /// What it says to every order from now on.
    public void says(Result result) {
        instead = Optional.of(result);
    }

    public List<Order> orders() {
        return List.copyOf(orders);
    }

    @Override
    public Result sign(Order order) {
        orders.add(order);
        return instead.orElseGet(() -> new Result.Signed(
                words("certificate " + order.serial()),
                authorities(order.tenant()),
                "cn=" + order.registrationId().canonical(),
                order.now().plus(order.profile().life()),
                "0123456789abcdef",
                0,
                order.request().publicKey(),
                Optional.empty()));
    }

    @Override
    public Optional<Name> tenant(String issuer) {
        return Optional.of(Sample.ACME.name());
    }

    @Override
    public List<Bytes> authorities(Name tenant) {
        return List.of(words("issuing " + tenant), words("root " + tenant));
    }

    @Override
    public List<Bytes> chain(Name tenant, String issuer) {
        return authorities(tenant);
    }

    private static Bytes words(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
