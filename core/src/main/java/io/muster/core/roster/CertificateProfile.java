package io.muster.core.roster;

import io.muster.core.device.KeyAlgorithm;
import io.muster.core.device.Name;
import io.muster.core.door.CertificateRequest.AlternativeName;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// One version of a certificate profile: what the certificates that name it are like. A version never changes; a
/// change is a new version, for the certificates issued from then on.
///
/// @param version          from 1
/// @param life             from issue to the end of validity; the issuer's own end shortens it
/// @param backdating       how far before its issue a certificate begins to be valid, for devices without a clock
/// @param algorithms       the kinds of key that are certified
/// @param keyUsages        of an RSA or EC key; for Ed25519 those of them that it can do
/// @param purposes         extended key usages as OIDs in dotted form; a request may ask for no other
/// @param subject          where the subject comes from
/// @param alternativeNames subject alternative names, all of them made from the identity
/// @param serverKeys       whether the server may make the key (EST serverkeygen)
public record CertificateProfile(
        Name tenant,
        Name name,
        int version,
        Duration life,
        Duration backdating,
        Set<KeyAlgorithm> algorithms,
        Set<KeyUsage> keyUsages,
        Set<String> purposes,
        SubjectRule subject,
        List<NameTemplate> alternativeNames,
        boolean serverKeys) {

    /// The profile that every tenant has from its beginning.
    public static final Name STANDARD = new Name("device");

    public static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";
    public static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";

    /// Shortest and longest life.
    public static final Duration MIN_LIFE = Duration.ofMinutes(5);

    public static final Duration MAX_LIFE = Duration.ofDays(3650);
    public static final Duration MAX_BACKDATING = Duration.ofDays(30);

    public CertificateProfile {
        algorithms = Set.copyOf(algorithms);
        keyUsages = Set.copyOf(keyUsages);
        purposes = Set.copyOf(purposes);
        alternativeNames = List.copyOf(alternativeNames);
    }

    /// Key usages of RFC 5280 section 4.2.1.3 that a device may have.
    public enum KeyUsage {
        DIGITAL_SIGNATURE,
        KEY_ENCIPHERMENT,
        KEY_AGREEMENT
    }

    /// Where the subject comes from. Its common name is the registration id in either case.
    public enum SubjectRule {
        /// The common name alone.
        IDENTITY,
        /// As the device asks, provided that its common name is the registration id.
        REQUESTED
    }

    /// The standard profile: a year, client authentication, every kind of key, keys made by the device or the server.
    public static CertificateProfile standard(Name tenant) {
        return new CertificateProfile(
                tenant,
                STANDARD,
                1,
                Duration.ofDays(365),
                Duration.ofHours(24),
                EnumSet.allOf(KeyAlgorithm.class),
                Set.of(KeyUsage.DIGITAL_SIGNATURE),
                Set.of(CLIENT_AUTHENTICATION),
                SubjectRule.IDENTITY,
                List.of(new NameTemplate(AlternativeName.Kind.URI, "urn:muster:{tenant}:{registrationId}")),
                true);
    }

    @Override
    public String toString() {
        return name + "@" + version;
    }
}
