package io.muster.desk.provisioning;

import io.muster.core.device.Bytes;
import io.muster.core.ledger.Certificates;
import io.muster.core.permission.Variables;
import io.muster.core.template.CertificateFacts.Part;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/// What policies may ask about the certificate of a connection that is thought up: a device's newest one that was
/// issued here, and what the operator says of its subject, which wins.
final class ShownCertificate {

    private static final Map<String, String> PARTS =
            Map.of("CN", "CommonName", "C", "Country", "O", "Organization", "OU", "OrganizationalUnit", "ST", "State");

    private ShownCertificate() {}

    static Optional<Variables.Certificate> of(Optional<Certificates.Kept> kept, Map<Part, String> said) {
        if (kept.isEmpty() && said.isEmpty()) {
            return Optional.empty();
        }
        Map<String, List<String>> names = new HashMap<>();
        kept.ifPresent(it -> subject(it.certificate(), names));
        said.forEach((part, value) -> names.put(name(part), List.of(value)));
        return Optional.of(new Variables.Certificate(
                kept.map(it -> it.certificate().sha256()).orElse(""),
                kept.map(it -> it.credential().serial().toString()).orElse(""),
                names));
    }

    /// Templates and policies spell one part differently.
    private static String name(Part part) {
        return "Subject." + (part == Part.STATE_NAME ? "State" : TemplateSampleForm.word(part));
    }

    private static void subject(Bytes certificate, Map<String, List<String>> into) {
        try {
            X509Certificate read = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificate.toArray()));
            String subject = read.getSubjectX500Principal().getName(X500Principal.RFC2253);
            for (Rdn rdn : new LdapName(subject).getRdns()) {
                String part = PARTS.get(rdn.getType());
                if (part != null && rdn.getValue() instanceof String value) {
                    into.put("Subject." + part, List.of(value));
                }
            }
        } catch (CertificateException | InvalidNameException e) {
            throw new IllegalStateException("A certificate of our own cannot be read", e);
        }
    }
}
