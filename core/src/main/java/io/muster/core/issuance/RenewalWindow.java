package io.muster.core.issuance;

import io.muster.core.device.Credential;
import io.muster.core.roster.CertificateTerms;
import java.time.Duration;
import java.time.Instant;

/// When a certificate may be renewed. Pure: every node says the same of the same certificate.
public final class RenewalWindow {

    private static final int STEPS = 1 << 16;

    private RenewalWindow() {}

    /// The moment from which a renewal brings a new certificate. Where the terms say nothing: after two thirds of its
    /// life, earlier by up to a sixth of its life as its serial number has it, so that a fleet that was enrolled in
    /// an hour does not come back in one.
    public static Instant opens(Credential credential, CertificateTerms terms) {
        return terms.renewAfter()
                .map(credential.issuedAt()::plus)
                .orElseGet(() -> credential.issuedAt().plus(spread(credential)));
    }

    private static Duration spread(Credential credential) {
        Duration life = Duration.between(credential.issuedAt(), credential.notAfter());
        byte[] serial = credential.serial().octets().toArray();
        int step = ((serial[serial.length - 2] & 0xff) << 8) | (serial[serial.length - 1] & 0xff);
        Duration earlier = life.dividedBy(6).multipliedBy(step).dividedBy(STEPS);
        return life.multipliedBy(2).dividedBy(3).minus(earlier);
    }
}
