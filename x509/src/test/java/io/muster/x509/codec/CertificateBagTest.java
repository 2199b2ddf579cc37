package io.muster.x509.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Bytes;
import io.muster.core.device.Secret;
import io.muster.x509.testkit.Openssl;
import io.muster.x509.testkit.TestAuthority;
import io.muster.x509.testkit.TestKeys;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes to a device is opened by the openssl command.
class CertificateBagTest {

    @TempDir
    Path folder;

    private final TestAuthority root = TestAuthority.root("Root");

    @Test
    void a_bag_is_opened_and_its_order_is_kept() {
        Openssl openssl = Openssl.in(folder);
        TestAuthority.Issued device = root.device("zz");
        Bytes leaf = device.certificate();
        Bytes other = root.device("a").certificate();

        openssl.write("bag.p7", CertificateBag.of(List.of(leaf, root.certificate(), other)));

        assertThat(openssl.run("pkcs7", "-inform", "DER", "-in", "bag.p7", "-print_certs")
                        .lines()
                        .filter(line -> line.startsWith("subject")))
                .containsExactly("subject=CN = zz", "subject=CN = Root", "subject=CN = a");
        assertThat(openssl.run("cms", "-cmsout", "-noout", "-inform", "DER", "-in", "bag.p7"))
                .isEmpty();
    }

    @Test
    void an_empty_bag_is_a_bag() {
        Openssl openssl = Openssl.in(folder);

        openssl.write("bag.p7", CertificateBag.of(List.of()));

        assertThat(openssl.run("pkcs7", "-inform", "DER", "-in", "bag.p7", "-print_certs"))
                .isBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P-256", "P-384", "RSA"})
    void an_enveloped_key_is_opened_by_its_recipient(String kind) {
        Openssl openssl = Openssl.in(folder);
        KeyPair keys =
                switch (kind) {
                    case "P-256" -> TestKeys.p256();
                    case "P-384" -> TestKeys.curve("secp384r1");
                    default -> TestKeys.rsa(2048);
                };
        TestAuthority.Issued device = root.device("d", spec -> spec.keys(keys));
        byte[] made = TestKeys.p256().getPrivate().getEncoded();

        openssl.write(
                        "key.cms",
                        ServerKeyEnvelope.seal(Secret.of(made), device.certificate())
                                .orElseThrow())
                .write("d.pem", TestAuthority.pem(device.der()))
                .write("d.key", pem(keys.getPrivate().getEncoded()));
        openssl.run(
                "cms",
                "-decrypt",
                "-binary",
                "-inform",
                "DER",
                "-in",
                "key.cms",
                "-recip",
                "d.pem",
                "-inkey",
                "d.key",
                "-out",
                "key.der");

        assertThat(openssl.read("key.der")).isEqualTo(Der.sequence(made));
    }

    @Test
    void a_key_that_only_signs_opens_no_envelope() {
        TestAuthority.Issued device = root.device("d", spec -> spec.keys(TestKeys.ed25519()));

        assertThat(ServerKeyEnvelope.seal(Secret.of(new byte[] {1}), device.certificate()))
                .isEmpty();
    }

    private static String pem(byte[] key) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n";
    }
}
