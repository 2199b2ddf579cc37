package io.muster.server.checkup;

import io.muster.desk.health.Examination;
import io.muster.desk.health.Finding;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// How long a certificate of this server is good.
public final class CertificateExamination implements Examination {

    private final String name;
    private final Supplier<X509Certificate> certificate;
    private final Duration soon;
    private final String remedy;

    /// @param soon   from when on before its end it is worth a word
    /// @param remedy how a new one comes about
    public CertificateExamination(String name, Supplier<X509Certificate> certificate, Duration soon, String remedy) {
        this.name = name;
        this.certificate = certificate;
        this.soon = soon;
        this.remedy = remedy;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Finding> findings(Instant now) {
        Instant end = certificate.get().getNotAfter().toInstant();
        return List.of(Life.finding(name, "The " + name, end, soon, remedy, now));
    }
}
