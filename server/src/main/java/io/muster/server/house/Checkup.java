package io.muster.server.house;

import io.muster.core.roster.Tenant;
import io.muster.desk.health.Examination;
import io.muster.server.checkup.AuthoritiesExamination;
import io.muster.server.checkup.CertificateExamination;
import io.muster.server.checkup.ClockExamination;
import io.muster.server.checkup.DiskExamination;
import io.muster.server.checkup.KeyringExamination;
import io.muster.server.checkup.NamesExamination;
import io.muster.server.settings.Settings;
import io.muster.store.Store;
import io.muster.x509.tls.TlsAuthority;
import java.time.Duration;
import java.util.List;

/// The list of what an operator's doctor looks at in a house.
final class Checkup {

    private static final Duration MONTH = Duration.ofDays(30);

    /// Issued ones are renewed when a third of their 90 days is left.
    private static final Duration WEEK = Duration.ofDays(7);

    private Checkup() {}

    static List<Examination> of(Settings settings, Store store, TlsAuthority authority, Front front) {
        boolean brought = settings.listeners().brought().isPresent();
        return List.of(
                new ClockExamination(store::databaseTime),
                new DiskExamination(settings.data()),
                new KeyringExamination(settings.keyring()),
                new NamesExamination(settings.listeners().names()),
                new CertificateExamination(
                        "listener certificate",
                        front::certificate,
                        brought ? MONTH : WEEK,
                        brought
                                ? "Put its successor into listeners.tls.certificate; it is taken up by itself."
                                : "It should have been renewed by itself: look into the server's log."),
                new CertificateExamination(
                        "TLS CA",
                        authority::anchor,
                        MONTH.multipliedBy(12),
                        "Devices and operators trust it: move tls-ca.pem of the keyring away, start again, and give"
                                + " the new trust/server-ca.pem to all of them."),
                new AuthoritiesExamination(
                        () -> store.registrar().tenants().stream()
                                .map(Tenant::name)
                                .toList(),
                        store.authorityVault()));
    }
}
