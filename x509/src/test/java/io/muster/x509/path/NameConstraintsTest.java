package io.muster.x509.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.testkit.CertificateSpec;
import io.muster.x509.testkit.TestAuthority;
import java.math.BigInteger;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameConstraintsTest {

    private final TestAuthority root = TestAuthority.root("Maker Root");
    private final Chains chains = new Chains(SignatureEngine.choose());

    @ParameterizedTest
    @CsvSource({
        "dns, example.com, example.com, true",
        "dns, example.com, a.b.EXAMPLE.com, true",
        "dns, example.com, badexample.com, false",
        "dns, .example.com, a.example.com, true",
        "dns, .example.com, example.com, false",
        "dns, '', anything, true",
        "email, example.com, me@Example.com, true",
        "email, example.com, me@sub.example.com, false",
        "email, .example.com, me@sub.example.com, true",
        "email, me@example.com, me@EXAMPLE.com, true",
        "email, me@example.com, ME@example.com, false",
        "email, me@example.com, notme@example.com, false",
        "uri, example.com, https://example.com/x, true",
        "uri, .example.com, https://a.example.com:8443/x, true",
        "uri, example.com, https://a.example.com/x, false",
        "uri, example.com, https://user@example.com.evil.org/, false",
        "uri, example.com, urn:example.com, false",
        "ip, 10.1.0.0/16, 10.1.200.3, true",
        "ip, 10.1.0.0/16, 10.2.0.1, false",
        "ip, 10.1.0.0/16, 2001:db8::1, false",
        "ip, 2001:db8::/32, 2001:db8:1::5, true",
        "directory, 'O=Acme', 'O=acme,CN=x', true",
        "directory, 'O=Acme', 'CN=x,O=Acme', false",
        "directory, 'O=Acme  Inc', 'O= ACME Inc,OU=y', true",
    })
    void a_permitted_subtree_holds_what_it_holds(String form, String base, String name, boolean isHeld) {
        TestAuthority ca = constrained(new GeneralSubtree[] {subtree(form, base)}, null);
        byte[] device = named(ca, form, name);

        assertThat(chains.validate(List.of(root), List.of(device, ca.der())))
                .isInstanceOf(isHeld ? Validation.Valid.class : Validation.Invalid.class);
    }

    @ParameterizedTest
    @CsvSource({
        "dns, example.com, www.example.com",
        "dns, www.example.com, *.example.com",
        "email, example.com, me@example.com",
        "uri, example.com, https://example.com",
        "uri, example.com, urn:x",
        "ip, 10.0.0.0/8, 10.9.9.9",
        "directory, O=Acme, 'O=Acme,CN=x'",
    })
    void an_excluded_subtree_refuses_what_it_holds_and_what_it_may_hold(String form, String base, String name) {
        TestAuthority ca = constrained(null, new GeneralSubtree[] {subtree(form, base)});

        assertThat(chains.finding(root, named(ca, form, name), ca.der()))
                .isInstanceOf(PathFinding.NameConstraintViolated.class);
        assertThat(chains.valid(root, ca.device("plain").der(), ca.der()).path())
                .hasSize(3);
    }

    @Test
    void an_excluded_name_is_not_dodged_by_an_odd_string_type() {
        TestAuthority ca = constrained(null, new GeneralSubtree[] {subtree("directory", "O=Acme")});
        X500Name odd = new X500NameBuilder()
                .addRDN(BCStyle.O, new DERBMPString("Acme"))
                .addRDN(BCStyle.CN, "x")
                .build();

        assertThat(chains.finding(
                        root, ca.device("x", spec -> spec.subject(odd)).der(), ca.der()))
                .isInstanceOf(PathFinding.NameConstraintViolated.class);
    }

    @Test
    void constraints_bind_the_subject_itself_its_email_and_every_intermediate_below() {
        TestAuthority ca =
                constrained(new GeneralSubtree[] {subtree("directory", "O=Acme"), subtree("email", "acme.com")}, null);
        X500Name inside = new X500Name("O=Acme,CN=Line");
        X500Name mailed = new X500Name("O=Acme,CN=x,E=me@evil.org");
        TestAuthority outsideCa = ca.intermediate("Outside");
        TestAuthority insideCa = ca.intermediate("Line", spec -> spec.subject(inside));

        assertThat(chains.finding(root, ca.device("x").der(), ca.der()).code()).isEqualTo("name_constraint_violated");
        assertThat(chains.finding(
                                root,
                                ca.device("x", spec -> spec.subject(mailed)).der(),
                                ca.der())
                        .code())
                .isEqualTo("name_constraint_violated");
        assertThat(chains.finding(root, device(outsideCa), outsideCa.der(), ca.der())
                        .code())
                .isEqualTo("name_constraint_violated");
        assertThat(chains.valid(root, device(insideCa), insideCa.der(), ca.der())
                        .path())
                .hasSize(4);
    }

    private static byte[] device(TestAuthority ca) {
        return ca.device("x", spec -> spec.subject(new X500Name("O=Acme,CN=x"))).der();
    }

    @Test
    void a_form_or_a_distance_that_cannot_be_checked_is_refused() {
        var registered = new GeneralSubtree(new GeneralName(GeneralName.registeredID, "1.2.3"));
        var distant = new GeneralSubtree(new GeneralName(GeneralName.dNSName, "x"), BigInteger.ONE, null);

        for (GeneralSubtree subtree : new GeneralSubtree[] {registered, distant}) {
            TestAuthority ca = constrained(new GeneralSubtree[] {subtree}, null);
            assertThat(chains.finding(root, ca.device("x").der(), ca.der()).code())
                    .isEqualTo("name_constraint_unsupported");
        }
    }

    private TestAuthority constrained(GeneralSubtree @Nullable [] permitted, GeneralSubtree @Nullable [] excluded) {
        return root.intermediate(
                "Constrained",
                spec -> spec.extension(Extension.nameConstraints, true, new NameConstraints(permitted, excluded)));
    }

    private static GeneralSubtree subtree(String form, String base) {
        return new GeneralSubtree(name(form, base));
    }

    private static byte[] named(TestAuthority ca, String form, String name) {
        UnaryOperator<CertificateSpec> wish = form.equals("directory")
                ? spec -> spec.subject(new X500Name(name))
                : spec -> spec.extension(Extension.subjectAlternativeName, false, new GeneralNames(name(form, name)));
        return ca.device("x", wish).der();
    }

    private static GeneralName name(String form, String value) {
        int tag =
                switch (form) {
                    case "dns" -> GeneralName.dNSName;
                    case "email" -> GeneralName.rfc822Name;
                    case "uri" -> GeneralName.uniformResourceIdentifier;
                    case "ip" -> GeneralName.iPAddress;
                    default -> GeneralName.directoryName;
                };
        return new GeneralName(tag, value);
    }
}
