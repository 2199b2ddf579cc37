package io.muster.server.tpm;

import io.muster.attestors.tpm.testkit.Board;
import io.muster.attestors.tpm.testkit.SoftKey;
import io.muster.core.device.Bytes;
import io.muster.server.testkit.Customer;
import io.muster.x509.testkit.TestAuthority;
import io.muster.x509.testkit.TestKeys;
import java.time.Instant;
import java.util.Optional;

/// A maker of chips of software. What it certifies was always valid and always will be, whatever a clock says.
final class ChipMaker {

    private final TestAuthority authority =
            TestAuthority.root("Maker", TestKeys.p256(), spec -> spec.validFrom(Instant.EPOCH)
                    .validUntil(Instant.parse("9999-12-31T23:59:59Z")));

    TestAuthority authority() {
        return authority;
    }

    Board board() {
        SoftKey endorsement = SoftKey.rsa();
        Bytes certificate = Board.certificate(authority, endorsement.keys(), spec -> spec.validFrom(Instant.EPOCH));
        return Board.by(authority, endorsement).with(Optional.of(certificate));
    }

    /// The customer lets in every board with a chip of this maker.
    void isTrustedBy(Customer customer) {
        customer.asks("enrollment", "create", "boards", "--tpm-ca", customer.file("makers.pem", authority.pem()));
    }
}
