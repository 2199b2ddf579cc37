package io.muster.x509.codec;

import io.muster.core.device.Bytes;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.jspecify.annotations.Nullable;

/// Reads the extensions of one certificate; refuses what is critical and not understood (RFC 5280 section 4.2).
final class ExtensionReader {

    private static final int MAX_EXTENSIONS = 64;
    private static final int MAX_OIDS = 64;
    private static final int FAR_AWAY = 1_000;

    /// Critical, these may stand: they are evaluated, or (issuer's other names, policy mappings) say nothing that could
    /// forbid. Mappings only ever add policies, and here no policy is ever added.
    private static final Set<ASN1ObjectIdentifier> UNDERSTOOD = Set.of(
            Extension.basicConstraints,
            Extension.keyUsage,
            Extension.extendedKeyUsage,
            Extension.subjectAlternativeName,
            Extension.issuerAlternativeName,
            Extension.nameConstraints,
            Extension.certificatePolicies,
            Extension.policyMappings,
            Extension.policyConstraints,
            Extension.inhibitAnyPolicy,
            Extension.subjectKeyIdentifier,
            Extension.authorityKeyIdentifier);

    private static final Map<Extensions.Usage, Integer> USAGE_BITS = Map.of(
            Extensions.Usage.DIGITAL_SIGNATURE, KeyUsage.digitalSignature,
            Extensions.Usage.KEY_ENCIPHERMENT, KeyUsage.keyEncipherment,
            Extensions.Usage.KEY_AGREEMENT, KeyUsage.keyAgreement,
            Extensions.Usage.KEY_CERT_SIGN, KeyUsage.keyCertSign);

    private final org.bouncycastle.asn1.x509.@Nullable Extensions asn1;

    private ExtensionReader(org.bouncycastle.asn1.x509.@Nullable Extensions asn1) {
        this.asn1 = asn1;
    }

    static Extensions read(org.bouncycastle.asn1.x509.@Nullable Extensions asn1) {
        if (asn1 != null) {
            checkAll(asn1);
        }
        return new ExtensionReader(asn1).read();
    }

    private static void checkAll(org.bouncycastle.asn1.x509.Extensions asn1) {
        ASN1ObjectIdentifier[] oids = asn1.getExtensionOIDs();
        if (oids.length > MAX_EXTENSIONS) {
            throw new Unreadable(new Finding.TooComplex("extensions", oids.length, MAX_EXTENSIONS));
        }
        for (ASN1ObjectIdentifier oid : asn1.getCriticalExtensionOIDs()) {
            if (!UNDERSTOOD.contains(oid)) {
                throw new Unreadable(new Finding.UnknownCriticalExtension(oid.getId()));
            }
        }
    }

    private Extensions read() {
        return new Extensions(
                value(Extension.basicConstraints).map(ExtensionReader::authority),
                value(Extension.keyUsage).map(ExtensionReader::usages),
                value(Extension.extendedKeyUsage).map(ExtensionReader::purposes),
                value(Extension.subjectAlternativeName).map(SubjectNames::read).orElse(SubjectNames.NONE),
                value(Extension.nameConstraints).map(NameConstraints::read),
                policies(),
                value(Extension.subjectKeyIdentifier)
                        .map(der ->
                                Bytes.of(SubjectKeyIdentifier.getInstance(der).getKeyIdentifier())),
                value(Extension.authorityKeyIdentifier).flatMap(ExtensionReader::authorityKeyId));
    }

    private Optional<byte[]> value(ASN1ObjectIdentifier oid) {
        Extension extension = asn1 == null ? null : asn1.getExtension(oid);
        if (extension == null) {
            return Optional.empty();
        }
        byte[] der = extension.getExtnValue().getOctets();
        DerShape.check(der);
        return Optional.of(der);
    }

    private static Extensions.Authority authority(byte[] der) {
        BasicConstraints constraints = BasicConstraints.getInstance(der);
        BigInteger length = constraints.getPathLenConstraint();
        return new Extensions.Authority(
                constraints.isCA(), length == null ? OptionalInt.empty() : OptionalInt.of(steps(length)));
    }

    private static int steps(BigInteger number) {
        if (number.signum() < 0) {
            throw Unreadable.malformed("a negative length in its constraints");
        }
        return number.bitLength() > 10 ? FAR_AWAY : number.intValueExact();
    }

    private static Set<Extensions.Usage> usages(byte[] der) {
        KeyUsage usage = KeyUsage.getInstance(der);
        EnumSet<Extensions.Usage> usages = EnumSet.noneOf(Extensions.Usage.class);
        USAGE_BITS.forEach((name, bit) -> {
            if (usage.hasUsages(bit)) {
                usages.add(name);
            }
        });
        return usages.isEmpty() ? Set.of(Extensions.Usage.OTHER) : Set.copyOf(usages);
    }

    /// RFC 5280 section 4.2.1.12: a SEQUENCE of at least one. An empty one forbids everything or nothing; it is
    /// refused.
    private static Set<String> purposes(byte[] der) {
        KeyPurposeId[] purposes = ExtendedKeyUsage.getInstance(der).getUsages();
        checkCount("extended key usages", purposes.length);
        return Arrays.stream(purposes).map(KeyPurposeId::getId).collect(Collectors.toUnmodifiableSet());
    }

    private Extensions.Policies policies() {
        Set<String> asserted = value(Extension.certificatePolicies)
                .map(ExtensionReader::asserted)
                .orElse(Set.of());
        OptionalInt explicit = value(Extension.policyConstraints)
                .map(PolicyConstraints::getInstance)
                .map(PolicyConstraints::getRequireExplicitPolicyMapping)
                .map(length -> OptionalInt.of(steps(length)))
                .orElse(OptionalInt.empty());
        Optional<ASN1Integer> inhibit = value(Extension.inhibitAnyPolicy).map(ASN1Integer::getInstance);
        return new Extensions.Policies(asserted, explicit, inhibit.isPresent());
    }

    private static Set<String> asserted(byte[] der) {
        PolicyInformation[] policies = CertificatePolicies.getInstance(der).getPolicyInformation();
        checkCount("policies", policies.length);
        return Arrays.stream(policies)
                .map(policy -> policy.getPolicyIdentifier().getId())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<Bytes> authorityKeyId(byte[] der) {
        return Optional.ofNullable(AuthorityKeyIdentifier.getInstance(der).getKeyIdentifierOctets())
                .map(Bytes::of);
    }

    private static void checkCount(String what, int count) {
        if (count == 0) {
            throw Unreadable.malformed("a list of " + what + " that lists nothing");
        }
        if (count > MAX_OIDS) {
            throw new Unreadable(new Finding.TooComplex(what, count, MAX_OIDS));
        }
    }
}
