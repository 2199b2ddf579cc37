package io.muster.x509.codec;

import io.muster.core.device.Bytes;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// The extensions of a certificate that Muster understands. Absent means that nothing is said and nothing binds.
///
/// @param authority     BasicConstraints, where present
/// @param usages        KeyUsage, where present
/// @param purposes      ExtendedKeyUsage as OIDs, where present; never empty then
/// @param names         the subject's alternative names
/// @param constraints   NameConstraints, where present
/// @param policies      CertificatePolicies, PolicyConstraints and InhibitAnyPolicy
/// @param subjectKeyId  SubjectKeyIdentifier, where present
/// @param authorityKeyId the key identifier of AuthorityKeyIdentifier, where present
public record Extensions(
        Optional<Authority> authority,
        Optional<Set<Usage>> usages,
        Optional<Set<String>> purposes,
        SubjectNames names,
        Optional<NameConstraints> constraints,
        Policies policies,
        Optional<Bytes> subjectKeyId,
        Optional<Bytes> authorityKeyId) {

    public static final String ANY_PURPOSE = "2.5.29.37.0";
    public static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    /// BasicConstraints.
    ///
    /// @param isCa       may issue certificates
    /// @param pathLength how many issuers may follow below, where limited
    public record Authority(boolean isCa, OptionalInt pathLength) {}

    /// The key usages on which a decision rests.
    public enum Usage {
        DIGITAL_SIGNATURE,
        KEY_ENCIPHERMENT,
        KEY_AGREEMENT,
        KEY_CERT_SIGN,
        OTHER
    }

    /// What RFC 5280 sections 4.2.1.4, 4.2.1.11 and 4.2.1.14 say of policies.
    ///
    /// @param asserted        the policies' OIDs
    /// @param requireExplicit after how many more certificates an explicit policy is needed, where said
    /// @param inhibitAny      whether `anyPolicy` stops to count somewhere below
    public record Policies(Set<String> asserted, OptionalInt requireExplicit, boolean inhibitAny) {

        public static final String ANY_POLICY = "2.5.29.32.0";
    }

    public boolean isCa() {
        return authority.map(Authority::isCa).orElse(false);
    }
}
