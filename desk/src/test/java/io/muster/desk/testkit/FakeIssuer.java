package io.muster.desk.testkit;

import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.issuance.Issuer;
import io.muster.core.issuance.Order;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// An authority that shows itself. Its certificates are words: whose, and until when. It signs for nobody who is called
/// `localhost`.
public final class FakeIssuer implements Issuer {

    private final List<Bytes> authorities;

    FakeIssuer(List<Bytes> authorities) {
        this.authorities = List.copyOf(authorities);
    }

    @Override
    public Result sign(Order order) {
        String name = order.registrationId().canonical();
        if (name.equals("localhost")) {
            return new Result.NameForbidden(name, "it is a name of this installation");
        }
        var notAfter = order.now().plus(order.profile().life());
        String words = name + " of " + order.tenant() + " until " + notAfter + ", " + order.serial();
        return new Result.Signed(
                Bytes.of(words.getBytes(StandardCharsets.UTF_8)),
                authorities,
                "cn=" + name,
                notAfter,
                "00112233445566778899aabbccddeeff00112233",
                1,
                order.request().publicKey(),
                Optional.empty());
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
