package io.muster.x509.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.x509.testkit.CertificateSpec;
import io.muster.x509.testkit.TestAuthority;
import io.muster.x509.testkit.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerIdentitiesTest {

    private static final ServerNames NAMES = new ServerNames(List.of("localhost"));

    @TempDir
    Path folder;

    private final AtomicReference<Instant> time = new AtomicReference<>(CertificateSpec.NOW);
    private final InstantSource clock = time::get;
    private final List<ServerIdentity> told = new ArrayList<>();
    private final TestAuthority root = TestAuthority.root("Web Root");
    private final TestAuthority line = root.intermediate("Web CA");
    private Path chain = Path.of("chain.pem");
    private Path key = Path.of("key.pem");

    @BeforeEach
    void files() {
        chain = folder.resolve("chain.pem");
        key = folder.resolve("key.pem");
    }

    @Test
    void an_issued_certificate_is_renewed_when_a_third_of_its_life_is_left_and_not_before() {
        IssuedIdentities identities = issued();
        ServerIdentity first = identities.current();

        time.set(CertificateSpec.NOW.plus(Duration.ofDays(59)).minusSeconds(1));
        identities.refresh();
        assertThat(identities.current()).isSameAs(first);

        time.set(CertificateSpec.NOW.plus(Duration.ofDays(59)));
        identities.refresh();
        assertThat(told).containsExactly(identities.current()).doesNotContain(first);
        assertThat(identities.current().certificate().getPublicKey())
                .isNotEqualTo(first.certificate().getPublicKey());
    }

    @Test
    void an_issued_certificate_follows_a_change_of_names() throws Exception {
        IssuedIdentities identities = issued();

        identities.rename(NAMES);
        assertThat(told).isEmpty();

        identities.rename(new ServerNames(List.of("gate.example.com")));
        assertThat(identities.current().certificate().getSubjectAlternativeNames())
                .extracting(name -> name.get(1).toString())
                .containsExactly("gate.example.com");
    }

    @Test
    void a_listener_that_throws_does_not_keep_others_from_hearing() {
        IssuedIdentities identities =
                new IssuedIdentities(TlsAuthority.open(folder.resolve("ca"), clock), NAMES, clock);
        identities.onChange(_ -> {
            throw new IllegalStateException("broken on purpose by a test");
        });
        identities.onChange(told::add);

        identities.rename(new ServerNames(List.of("other")));

        assertThat(told).hasSize(1);
    }

    @Test
    void brought_files_are_read_again_when_they_change() throws IOException {
        bring("one");
        BroughtIdentities identities = brought();
        assertThat(identities.current().chain()).hasSize(2);

        identities.refresh();
        assertThat(told).isEmpty();

        bring("two");
        identities.refresh();
        assertThat(told).hasSize(1);
        assertThat(identities.current().toString()).contains("two");
    }

    @Test
    void a_broken_new_pair_leaves_the_old_one_in_place_until_it_is_mended() throws IOException {
        bring("one");
        BroughtIdentities identities = brought();

        Files.writeString(key, pem(TestKeys.p256()));
        identities.refresh();
        Files.delete(chain);
        identities.refresh();
        assertThat(told).isEmpty();
        assertThat(identities.current().toString()).contains("one");

        bring("two");
        identities.refresh();
        assertThat(identities.current().toString()).contains("two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void every_usual_kind_of_key_may_be_brought(String kind) throws IOException {
        KeyPair pair =
                switch (kind) {
                    case "RSA" -> TestKeys.rsa(2_048);
                    case "EC" -> TestKeys.p256();
                    default -> TestKeys.ed25519();
                };
        Files.writeString(
                chain,
                TestAuthority.pem(root.device("x", spec -> spec.keys(pair)).der()));
        Files.writeString(key, pem(pair));

        assertThat(brought().current().key().getEncoded())
                .isEqualTo(pair.getPrivate().getEncoded());
    }

    @Test
    void unusable_files_stop_the_start_and_each_says_what_to_do() throws IOException {
        assertThatThrownBy(this::brought).isInstanceOf(TlsFault.class).hasMessageContaining("is missing");
        bring("one");
        Files.writeString(key, pem(TestKeys.p256()));
        assertThatThrownBy(this::brought).hasMessageContaining("does not belong");
        Files.writeString(key, pem(TestKeys.p256()).replace("PRIVATE KEY", "EC PRIVATE KEY"));
        assertThatThrownBy(this::brought).hasMessageContaining("openssl pkcs8");
        bring("one");
        Files.writeString(chain, line.pem() + root.pem() + line.pem());
        assertThatThrownBy(this::brought).hasMessageContaining("did not issue");
        Files.writeString(chain, "");
        assertThatThrownBy(this::brought).hasMessageContaining("0 certificates");
        Files.write(chain, new byte[300_000]);
        assertThatThrownBy(this::brought).hasMessageContaining("longer than");
    }

    @Test
    void an_expired_certificate_is_not_taken() throws IOException {
        bring("one");
        time.set(CertificateSpec.NOW.plus(Duration.ofDays(400)));

        assertThatThrownBy(this::brought).isInstanceOf(TlsFault.class).hasMessageContaining("expired at");
    }

    private IssuedIdentities issued() {
        IssuedIdentities identities =
                new IssuedIdentities(TlsAuthority.open(folder.resolve("ca"), clock), NAMES, clock);
        identities.onChange(told::add);
        return identities;
    }

    private BroughtIdentities brought() {
        BroughtIdentities identities = new BroughtIdentities(chain, key, clock);
        identities.onChange(told::add);
        return identities;
    }

    private void bring(String name) throws IOException {
        TestAuthority.Issued server = line.device(name);
        Files.writeString(chain, TestAuthority.pem(server.der()) + line.pem());
        Files.writeString(key, pem(server.keys()));
    }

    private static String pem(KeyPair pair) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }
}
