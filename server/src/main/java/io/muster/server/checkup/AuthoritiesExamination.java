package io.muster.server.checkup;

import io.muster.core.device.Name;
import io.muster.core.issuance.AuthorityVault;
import io.muster.desk.health.Examination;
import io.muster.desk.health.Finding;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// How long the tenants' issuing authorities are good: no certificate outlives its issuer, so that those of devices
/// get shorter as it ends. An authority that was not made yet is not made for being looked at.
public final class AuthoritiesExamination implements Examination {

    private static final Duration SOON = Duration.ofDays(90);
    private static final int MOST_TENANTS = 1_000;
    private static final int MOST_TOLD = 20;

    private final Supplier<List<Name>> tenants;
    private final AuthorityVault vault;

    public AuthoritiesExamination(Supplier<List<Name>> tenants, AuthorityVault vault) {
        this.tenants = tenants;
        this.vault = vault;
    }

    @Override
    public String name() {
        return "authorities";
    }

    @Override
    public List<Finding> findings(Instant now) {
        List<Finding> ailing = new ArrayList<>();
        int seen = 0;
        for (Name tenant : tenants.get().stream().limit(MOST_TENANTS).toList()) {
            Optional<Instant> end = vault.newest(tenant).map(AuthoritiesExamination::end);
            if (end.isPresent()) {
                seen++;
                Finding finding = finding(tenant, end.get(), now);
                if (finding.grade() != Finding.Grade.OK && ailing.size() < MOST_TOLD) {
                    ailing.add(finding);
                }
            }
        }
        return ailing.isEmpty()
                ? List.of(Finding.ok(name(), "None of " + seen + " issuing authorities ends within 90 days."))
                : ailing;
    }

    private Finding finding(Name tenant, Instant end, Instant now) {
        return Life.finding(
                name(),
                "The issuing authority of " + tenant.value(),
                end,
                SOON,
                "Certificates of its devices end with it. Plan its successor now: devices and relying parties need the"
                        + " new one before this one ends.",
                now);
    }

    private static Instant end(AuthorityVault.Kept kept) {
        try {
            var issuing = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(kept.issuing().toArray()));
            return issuing.getNotAfter().toInstant();
        } catch (CertificateException e) {
            throw new IllegalStateException("an authority that was kept can be read", e);
        }
    }
}
