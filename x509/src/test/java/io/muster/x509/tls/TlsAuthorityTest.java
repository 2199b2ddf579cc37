package io.muster.x509.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsAuthorityTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final ServerNames NAMES = new ServerNames(List.of("localhost", "127.0.0.1", "::1"));

    @TempDir
    Path folder;

    private TlsAuthority open() {
        return TlsAuthority.open(folder.resolve("keyring"), InstantSource.fixed(NOW));
    }

    @Test
    void it_is_made_once_and_found_again() {
        assertThat(open().fingerprint()).isEqualTo(open().fingerprint()).hasSize(64);
    }

    @Test
    void its_key_is_readable_by_its_owner_alone() throws IOException {
        open();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("keyring/tls-ca.pem"))))
                .isEqualTo("rw-------");
    }

    @Test
    void starts_at_the_same_time_agree_on_one_authority() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> starts = Stream.generate(() -> (Callable<String>) () -> open().fingerprint())
                    .limit(8)
                    .toList();
            List<Future<String>> fingerprints = threads.invokeAll(starts);
            assertThat(fingerprints.stream().map(Future::resultNow).distinct()).hasSize(1);
        }
    }

    @Test
    void what_a_crash_left_half_written_is_not_looked_at() throws IOException {
        Files.createDirectories(folder.resolve("keyring"));
        Files.writeString(folder.resolve("keyring/tls-ca.pem.new"), "-----BEGIN PRIV");

        assertThat(open().fingerprint()).hasSize(64);
    }

    @Test
    void a_server_certificate_holds_for_its_names_by_any_client_of_the_anchor() throws Exception {
        TlsAuthority authority = open();
        X509Certificate server = authority.issue(NAMES).certificate();

        validate(authority.anchor(), server);
        assertThat(server.getSubjectAlternativeNames())
                .extracting(name -> name.get(1).toString())
                .containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(server.getNotBefore().toInstant()).isEqualTo(NOW.minus(Duration.ofHours(24)));
        assertThat(Duration.between(
                        server.getNotBefore().toInstant(), server.getNotAfter().toInstant()))
                .isEqualTo(Duration.ofDays(90));
    }

    private static void validate(X509Certificate anchor, X509Certificate server) throws GeneralSecurityException {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(NOW));
        var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(server));
        assertThat(CertPathValidator.getInstance("PKIX").validate(path, parameters))
                .isNotNull();
    }

    @Test
    void no_server_certificate_outlives_its_authority() {
        open();
        Instant late = NOW.plus(TlsAuthority.LIFE).minus(Duration.ofDays(3));
        TlsAuthority authority = TlsAuthority.open(folder.resolve("keyring"), InstantSource.fixed(late));

        assertThat(authority.issue(NAMES).certificate().getNotAfter())
                .isEqualTo(authority.anchor().getNotAfter());
    }

    @Test
    void an_expired_authority_or_a_wrong_clock_stops_the_start_with_advice() {
        open();
        InstantSource late = InstantSource.fixed(NOW.plus(TlsAuthority.LIFE).plusSeconds(1));

        assertThatThrownBy(() -> TlsAuthority.open(folder.resolve("keyring"), late))
                .isInstanceOf(TlsFault.class)
                .hasMessageContaining("Correct the clock");
    }

    @Test
    void a_damaged_file_stops_the_start_and_is_never_replaced() throws IOException {
        Path file = folder.resolve("keyring/tls-ca.pem");
        open();
        String half = Files.readString(file).substring(0, 150);
        Files.writeString(file, half);

        assertThatThrownBy(this::open).isInstanceOf(TlsFault.class).hasMessageContaining("tls-ca.pem");
        assertThat(file).hasContent(half);
    }

    @Test
    void the_anchor_is_published_for_everybody_and_holds_no_key() throws IOException {
        Path anchor = folder.resolve("trust/server-ca.pem");
        open().publish(anchor);
        open().publish(anchor);

        assertThat(Files.readString(anchor)).contains("BEGIN CERTIFICATE").doesNotContain("PRIVATE");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(anchor)))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void names_that_are_no_names_are_refused_with_advice() {
        for (String name : List.of("", "a b", "-x", "a..b", "http://x", "1.2.3.4.5/8", "x".repeat(300))) {
            assertThatThrownBy(() -> new ServerNames(List.of(name)))
                    .as(name)
                    .isInstanceOf(TlsFault.class)
                    .hasMessageContaining("listeners.names");
        }
        assertThatThrownBy(() -> new ServerNames(List.of())).isInstanceOf(TlsFault.class);
        assertThat(new ServerNames(List.of("*.example.com", "my_lab-1")).names())
                .hasSize(2);
    }

    @Test
    void an_identity_does_not_print_its_key() {
        assertThat(open().issue(NAMES)).hasToString("identity of CN=localhost");
    }
}
