package io.muster.x509.path;

import static io.muster.x509.testkit.CertificateSpec.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.roster.Anchor;
import io.muster.core.roster.AnchorReader.Reading;
import io.muster.core.roster.PossessionCheck.Finding;
import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.testkit.TestAuthority;
import io.muster.x509.testkit.TestKeys;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class VerificationCertificatesTest {

    private static final String CODE = "00112233445566778899aabbccddeeff";

    private final VerificationCertificates check =
            new VerificationCertificates(SignatureEngine.choose(), InstantSource.fixed(NOW));
    private final TestAuthority root = TestAuthority.root("Maker Root");

    @Test
    void a_certificate_that_the_authority_signed_for_the_code_is_proof() {
        for (TestAuthority authority :
                new TestAuthority[] {root, TestAuthority.root("RSA", TestKeys.rsa(2_048), spec -> spec)}) {
            assertThat(check.check(
                            anchor(authority),
                            CODE,
                            TestAuthority.pem(authority.device(CODE).der())))
                    .isEqualTo(new Finding.Proved());
        }
    }

    @Test
    void whatever_else_is_shown_proves_nothing_and_is_told_why() {
        assertUnproved(TestAuthority.pem(root.device("pump-1").der()), "common name is not the verification code");
        assertUnproved(
                TestAuthority.pem(TestAuthority.root("Other").device(CODE).der()), "names as its issuer CN=Other");
        assertUnproved(
                TestAuthority.pem(TestAuthority.root("Maker Root").device(CODE).der()),
                "another key than the authority's signed it");
        assertUnproved(
                TestAuthority.pem(root.device(CODE, spec -> spec.validUntil(NOW.minusSeconds(1)))
                        .der()),
                "expired at");
        assertUnproved(root.pem(), "the authority's own certificate");
        assertUnproved(
                TestAuthority.pem(root.intermediate("Line 7").device(CODE).der()), "names as its issuer CN=Line 7");
        assertUnproved(
                TestAuthority.pem(root.device(CODE).der())
                        + TestAuthority.pem(root.device("x").der()),
                "more than 1 certificate");
        assertUnproved("hello", "no PEM certificate");
        assertUnproved("x".repeat(600_000), "600000 characters");
        assertUnproved(TestAuthority.pem(new byte[20_000]), "20000 bytes");
        assertUnproved("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "holds a private key");
    }

    @Test
    void an_authority_cannot_be_proved_by_itself_under_the_code_as_its_name() {
        TestAuthority named = TestAuthority.root(CODE);

        assertThat(check.check(anchor(named), CODE, named.pem())).isInstanceOf(Finding.Unproved.class);
    }

    private void assertUnproved(String pem, String why) {
        assertThat(check.check(anchor(root), CODE, pem))
                .isInstanceOfSatisfying(Finding.Unproved.class, unproved -> assertThat(unproved.what())
                        .contains(why));
    }

    private static Anchor anchor(TestAuthority authority) {
        if (new PemAnchors(InstantSource.fixed(NOW)).authorities(authority.pem())
                instanceof Reading.Read(var anchors)) {
            return anchors.getFirst();
        }
        throw new AssertionError("the test's own authority cannot be read");
    }
}
