package io.muster.x509.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.testkit.CertificateSpec;
import io.muster.x509.testkit.TestAuthority;
import io.muster.x509.testkit.TestKeys;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.junit.jupiter.api.Test;

class PolicyRulesTest {

    private static final String ANY = "2.5.29.32.0";

    private final Chains chains = new Chains(SignatureEngine.choose());

    @Test
    void policies_that_nobody_demands_do_not_matter() {
        TestAuthority root = TestAuthority.root("Root");
        TestAuthority ca = root.intermediate("CA", spec -> with(spec, "1.2.3"));

        assertThat(chains.validate(List.of(root), chain(ca, "1.2.4"))).isInstanceOf(Validation.Valid.class);
    }

    @Test
    void a_demanded_policy_must_stand_in_every_certificate_below_the_anchor() {
        TestAuthority root = demanding(0);
        TestAuthority ca = root.intermediate("CA", spec -> with(spec, "1.2.3", "1.2.4"));
        TestAuthority silent = root.intermediate("Silent");
        TestAuthority any = root.intermediate("Any", spec -> with(spec, ANY));

        assertThat(chains.validate(List.of(root), chain(ca, "1.2.4"))).isInstanceOf(Validation.Valid.class);
        assertThat(chains.validate(List.of(root), chain(any, "1.2.4"))).isInstanceOf(Validation.Valid.class);
        assertThat(chains.finding(root, chain(ca, "1.2.5"))).isInstanceOf(PathFinding.PolicyMissing.class);
        assertThat(chains.finding(root, chain(silent, "1.2.4"))).isInstanceOf(PathFinding.PolicyMissing.class);
        assertThat(chains.finding(root, chain(ca))).isInstanceOf(PathFinding.PolicyMissing.class);
    }

    @Test
    void a_demand_that_begins_below_the_device_is_none() {
        TestAuthority root = demanding(3);
        TestAuthority ca = root.intermediate("CA");

        assertThat(chains.validate(List.of(root), chain(ca))).isInstanceOf(Validation.Valid.class);
    }

    @Test
    void any_policy_counts_no_more_once_it_is_inhibited() {
        TestAuthority root = demanding(0);
        TestAuthority ca = root.intermediate(
                "CA", spec -> with(spec, ANY).extension(Extension.inhibitAnyPolicy, true, new ASN1Integer(0)));

        assertThat(chains.finding(root, chain(ca, "1.2.4"))).isInstanceOf(PathFinding.PolicyMissing.class);
    }

    private static TestAuthority demanding(int distance) {
        var constraints = new PolicyConstraints(BigInteger.valueOf(distance), null);
        return TestAuthority.root(
                "Root", TestKeys.p256(), spec -> spec.extension(Extension.policyConstraints, true, constraints));
    }

    private static List<byte[]> chain(TestAuthority ca, String... policies) {
        return List.of(ca.device("x", spec -> with(spec, policies)).der(), ca.der());
    }

    private static CertificateSpec with(CertificateSpec spec, String... policies) {
        if (policies.length == 0) {
            return spec;
        }
        DERSequence[] information = Stream.of(policies)
                .map(oid -> new DERSequence(new ASN1ObjectIdentifier(oid)))
                .toArray(DERSequence[]::new);
        return spec.extension(Extension.certificatePolicies, true, new DERSequence(information));
    }
}
