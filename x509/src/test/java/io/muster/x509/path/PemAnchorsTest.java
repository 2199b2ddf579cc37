package io.muster.x509.path;

import static io.muster.x509.testkit.CertificateSpec.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Bytes;
import io.muster.core.roster.AnchorReader.Reading;
import io.muster.core.roster.AnchorReader.RevocationReading;
import io.muster.x509.testkit.TestAuthority;
import io.muster.x509.testkit.TestKeys;
import java.io.IOException;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Date;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

class PemAnchorsTest {

    private final PemAnchors anchors = new PemAnchors(InstantSource.fixed(NOW));
    private final TestAuthority root = TestAuthority.root("Maker Root");
    private final TestAuthority line = root.intermediate("Line 7");

    @Test
    void a_bundle_of_authorities_is_read_in_its_order_with_comments_between() {
        Reading reading = anchors.authorities("our roots:\n" + root.pem() + "# and\n" + line.pem());

        assertThat(reading).isInstanceOfSatisfying(Reading.Read.class, read -> assertThat(read.anchors())
                .extracting("subject")
                .containsExactly("CN=Maker Root", "CN=Line 7"));
    }

    @Test
    void each_thing_that_is_no_authority_is_refused_in_its_own_words() {
        TestAuthority expired =
                TestAuthority.root("Old", TestKeys.p256(), spec -> spec.validUntil(NOW.minusSeconds(1)));
        TestAuthority noSigner = TestAuthority.root(
                "No signer",
                TestKeys.p256(),
                spec -> spec.extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature)));
        TestAuthority weak = TestAuthority.root("Weak", TestKeys.rsa(1_024), spec -> spec);

        assertUnreadable(TestAuthority.pem(root.device("x").der()), "may not issue", "not marked as a CA");
        assertUnreadable(noSigner.pem(), "keyCertSign");
        assertUnreadable(expired.pem(), "expired at");
        assertUnreadable(weak.pem(), "1024 bits");
        assertUnreadable(root.pem() + expired.pem(), "certificate 2 of 2");
        assertUnreadable(TestAuthority.pem(new byte[20_000]), "20000 bytes");
        assertUnreadable("hello", "no PEM certificate");
        assertUnreadable("", "no PEM certificate");
        assertUnreadable(root.pem().substring(0, 200), "broken");
        assertUnreadable(root.pem().replace("MII", "!!!"), "broken");
        assertUnreadable(root.pem().repeat(17), "more than 16");
        assertUnreadable("x".repeat(600_000), "600000 characters");
    }

    @Test
    void a_private_key_in_the_text_is_not_taken_and_not_shown() {
        assertUnreadable(
                root.pem() + "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "holds a private key");
    }

    @Test
    void a_certificate_to_pin_is_exactly_one_that_a_client_may_use() {
        TestAuthority.Issued device = root.device("pump-1");

        assertThat(anchors.pinned(TestAuthority.pem(device.der()))).isInstanceOf(Reading.Read.class);
        assertThat(anchors.pinned(TestAuthority.pem(device.der()) + root.pem())).isInstanceOf(Reading.Unreadable.class);
        assertThat(anchors.pinned(root.pem())).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void what_becomes_valid_later_may_be_registered_today() {
        TestAuthority next = TestAuthority.root("Next", TestKeys.p256(), spec -> spec.validFrom(NOW.plusSeconds(60)));
        TestAuthority.Issued device = root.device("x", spec -> spec.validFrom(NOW.plusSeconds(60)));

        assertThat(anchors.authorities(next.pem())).isInstanceOf(Reading.Read.class);
        assertThat(anchors.pinned(TestAuthority.pem(device.der()))).isInstanceOf(Reading.Read.class);
    }

    @Test
    void revocation_lists_are_read_in_their_order_whoever_signed_them() {
        byte[] first = list(root, 7);
        byte[] second = list(line);

        assertThat(anchors.revocations("as of today:\n" + listPem(first) + "# and\n" + listPem(second)))
                .isInstanceOfSatisfying(RevocationReading.Read.class, read -> assertThat(read.lists())
                        .containsExactly(Bytes.of(first), Bytes.of(second)));
    }

    @Test
    void each_thing_that_is_no_revocation_list_is_refused_in_its_own_words() {
        String good = listPem(list(root, 7));
        byte[] cut = Arrays.copyOf(list(root, 7), 100);

        assertUnreadableList(root.pem(), "not a revocation list");
        assertUnreadableList(good + listPem(cut), "revocation list 2 of 2", "malformed");
        assertUnreadableList(listPem(root.der()), "revocation list 1 of 1", "malformed");
        assertUnreadableList(good.repeat(17), "more than 16");
        assertUnreadableList(good.replace("\nMI", "\n!!"), "broken");
        assertUnreadableList("", "-----BEGIN X509 CRL-----");
        assertUnreadableList(listPem(new byte[1_048_577]), "1048577 bytes", "1048576");
        assertUnreadableList("x".repeat(9_000_000), "9000000 characters");
        assertUnreadableList(good + "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "private key");
    }

    @Test
    void sixteen_revocation_lists_and_one_of_nearly_a_mebibyte_are_read() {
        byte[] longest = list(root, IntStream.range(100_000, 125_000).toArray());

        assertThat(longest.length).isBetween(600_000, 1_048_576);
        assertThat(anchors.revocations(listPem(list(root, 7)).repeat(15) + listPem(longest)))
                .isInstanceOfSatisfying(RevocationReading.Read.class, read -> assertThat(read.lists())
                        .hasSize(16));
    }

    private void assertUnreadableList(String pem, String... words) {
        assertThat(anchors.revocations(pem))
                .isInstanceOfSatisfying(RevocationReading.Unreadable.class, unreadable -> assertThat(unreadable.what())
                        .contains(words));
    }

    private static byte[] list(TestAuthority issuer, int... serials) {
        X509v2CRLBuilder list = new X509v2CRLBuilder(issuer.name(), Date.from(NOW));
        for (int serial : serials) {
            list.addCRLEntry(BigInteger.valueOf(serial), Date.from(NOW), CRLReason.keyCompromise);
        }
        try {
            return list.build(new JcaContentSignerBuilder("SHA256withECDSA")
                            .build(issuer.keys().getPrivate()))
                    .getEncoded();
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String listPem(byte[] der) {
        return TestAuthority.pem(der).replace("CERTIFICATE", "X509 CRL");
    }

    private void assertUnreadable(String pem, String... words) {
        assertThat(anchors.authorities(pem))
                .isInstanceOfSatisfying(Reading.Unreadable.class, unreadable -> assertThat(unreadable.what())
                        .contains(words));
    }
}
