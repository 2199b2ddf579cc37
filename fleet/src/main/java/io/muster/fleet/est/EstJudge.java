package io.muster.fleet.est;

import io.muster.fleet.channel.Judgment;
import io.muster.fleet.channel.Reply;
import io.muster.fleet.device.Pem;
import io.muster.fleet.device.X509Device;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.Certificate;

/// Verifies that an answer is what EST clients accept, and that the certificate is for the device that asked: its key,
/// its name, valid now.
final class EstJudge {

    private static final int MOST_ISSUERS = 64;

    /// One string for all devices that got the same intermediates.
    private final Map<String, String> issuers = new ConcurrentHashMap<>();

    Judgment<Issuance> judge(Applicant applicant, Operation operation, Reply reply) {
        return switch (reply.status()) {
            case 200 -> new Judgment.Final<>(certified(applicant, operation, reply));
            case 202 -> deferred(reply);
            case 429, 500, 502, 503, 504 -> new Judgment.Unavailable<>(refusal(reply));
            default -> new Judgment.Final<>(refusal(reply));
        };
    }

    private Issuance certified(Applicant applicant, Operation operation, Reply reply) {
        return switch (CertsOnly.read(reply)) {
            case CertsOnly.Unreadable(String why) -> new Issuance.Lost(why);
            case CertsOnly.Certificates(List<Certificate> all) -> {
                try {
                    yield certified(applicant, operation, all);
                } catch (IOException | IllegalArgumentException | IllegalStateException e) {
                    yield new Issuance.Lost("a certificate in the answer is malformed");
                }
            }
        };
    }

    private Issuance certified(Applicant applicant, Operation operation, List<Certificate> all) throws IOException {
        Certificate own = null;
        StringBuilder others = new StringBuilder();
        for (Certificate certificate : all) {
            if (applicant.request().isFor(certificate.getSubjectPublicKeyInfo().getEncoded("DER"))) {
                own = certificate;
            } else if (!certificate.getIssuer().equals(certificate.getSubject())) {
                others.append(Pem.encode("CERTIFICATE", certificate.getEncoded("DER")));
            }
        }
        if (own == null) {
            return new Issuance.Lost("the answer has no certificate for the device's key");
        }
        if (!bears(own, applicant.request().registrationId())) {
            return new Issuance.Lost("the certificate bears another name than the registration id");
        }
        X509Device operational = applicant.request().granted(own.getEncoded("DER"), shared(others.toString()));
        return operational.isValidAt(Instant.now())
                ? operation.success(operational)
                : new Issuance.Lost("the certificate is not valid now");
    }

    private static boolean bears(Certificate certificate, String registrationId) {
        RDN[] names = certificate.getSubject().getRDNs(BCStyle.CN);
        return names.length == 1
                && IETFUtils.valueToString(names[0].getFirst().getValue()).equalsIgnoreCase(registrationId);
    }

    private String shared(String pem) {
        String known = issuers.get(pem);
        if (known != null) {
            return known;
        }
        if (issuers.size() < MOST_ISSUERS) {
            issuers.put(pem, pem);
        }
        return pem;
    }

    /// Waiting has no operation to ask for: the device repeats its request (RFC 7030 section 4.2.3, which demands a
    /// Retry-After).
    private static Judgment<Issuance> deferred(Reply reply) {
        return reply.pause()
                .<Judgment<Issuance>>map(pause -> new Judgment.Deferred<>("", pause))
                .orElseGet(() ->
                        new Judgment.Final<>(new Issuance.Lost("deferred without a Retry-After in whole seconds")));
    }

    private static Issuance refusal(Reply reply) {
        return new Issuance.Refused(reply.status(), Excerpt.of(reply.body()));
    }
}
