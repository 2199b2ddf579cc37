package io.muster.x509.issuing;

import io.muster.core.device.Name;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/// What the authorities of an installation are like.
///
/// @param subject     their subject without a common name, which is added; `{tenant}` in it is replaced
/// @param rootLife    life of a tenant's root
/// @param issuingLife life of a tenant's issuing authority; the root's end shortens it
/// @param serverNames names and addresses of this installation's own servers, which no device may have
/// @param baseUrl     where CRLs and authorities are served; `http`, since who checks a certificate cannot be asked to
///     check another one for it (RFC 5280 section 8)
/// @param crlShards   into how many CRLs the certificates of an issuer are spread
public record AuthoritySettings(
        String subject, Duration rootLife, Duration issuingLife, Set<String> serverNames, URI baseUrl, int crlShards) {

    public static final String STANDARD_SUBJECT = "O={tenant}";
    public static final Duration STANDARD_ROOT_LIFE = Duration.ofDays(7_305);
    public static final Duration STANDARD_ISSUING_LIFE = Duration.ofDays(3_652);

    private static final String TENANT = "{tenant}";
    private static final int MAX_SHARDS = 65_536;

    public AuthoritySettings {
        serverNames = Set.copyOf(serverNames);
        if (!"http".equals(baseUrl.getScheme()) || baseUrl.getHost() == null) {
            throw new IllegalArgumentException(
                    "The base URL of the PKI is " + baseUrl + "; it must begin with http:// and name a host.");
        }
        if (crlShards < 1 || crlShards > MAX_SHARDS) {
            throw new IllegalArgumentException("The number of CRL shards must be 1 to " + MAX_SHARDS + ".");
        }
        if (rootLife.isNegative() || rootLife.isZero() || issuingLife.isNegative() || issuingLife.isZero()) {
            throw new IllegalArgumentException("An authority must live for longer than no time.");
        }
        if (name(subject.replace(TENANT, "x")).getRDNs(BCStyle.CN).length > 0) {
            throw new IllegalArgumentException(
                    "The subject of authorities, " + subject + ", must not have a common name: it is added.");
        }
    }

    /// An authority's subject.
    X500Name subject(Name tenant, String commonName) {
        return new X500Name(
                BCStyle.INSTANCE,
                Stream.concat(
                                Arrays.stream(name(subject.replace(TENANT, tenant.value()))
                                        .getRDNs()),
                                Arrays.stream(new X500Name("CN=" + commonName).getRDNs()))
                        .toArray(RDN[]::new));
    }

    private static X500Name name(String text) {
        try {
            return new X500Name(BCStyle.INSTANCE, text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The subject of authorities, " + text + ", is not a name such as O=Acme,C=DE.", e);
        }
    }

    /// Where CRLs and authorities are served, without a slash at its end.
    String base() {
        String text = baseUrl.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /// Where the CRL of a shard is served.
    String crl(String issuer, int shard) {
        return base() + "/crl/" + issuer + "/" + shard + ".crl";
    }

    /// Where an issuing authority's certificate is served.
    String certificate(String issuer) {
        return base() + "/ca/" + issuer + ".cer";
    }
}
