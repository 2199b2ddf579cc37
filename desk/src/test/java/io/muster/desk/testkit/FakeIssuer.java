package io.muster.desk.testkit;

import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.issuance.Issuer;
import io.muster.core.issuance.Order;
import java.util.List;
import java.util.Optional;

/// An authority that shows itself and signs nothing: nobody comes to the desk for a signature.
public final class FakeIssuer implements Issuer {

    private final List<Bytes> authorities;

    FakeIssuer(List<Bytes> authorities) {
        this.authorities = List.copyOf(authorities);
    }

    @Override
    public Result sign(Order order) {
        throw new UnsupportedOperationException("The desk lets nothing be signed");
    }

    @Override
    public Optional<Name> tenant(String issuer) {
        return Optional.empty();
    }

    @Override
    public List<Bytes> authorities(Name tenant) {
        return authorities;
    }

    @Override
    public List<Bytes> chain(Name tenant, String issuer) {
        return authorities;
    }
}
