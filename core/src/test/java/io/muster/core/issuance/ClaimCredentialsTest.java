package io.muster.core.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Bytes;
import io.muster.core.device.KeyAlgorithm;
import io.muster.core.device.Name;
import io.muster.core.device.Secret;
import io.muster.core.device.Serial;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.CertificateRequest.Asked;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.Refusal;
import io.muster.core.issuance.ClaimCredentials.Made;
import io.muster.core.testkit.MemoryIssuer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClaimCredentialsTest {

    private static final Name ACME = new Name("acme");
    private static final Name HAND = new Name("hand-1");
    private static final Instant NOW = Instant.parse("2026-11-23T19:00:00Z");

    private final MemoryIssuer issuer = new MemoryIssuer();
    private final ClaimCredentials credentials = new ClaimCredentials(ClaimCredentialsTest::key, issuer, () -> NOW);

    private static KeyMaker.Made key(KeyAlgorithm algorithm) {
        Bytes words = Bytes.of(algorithm.name().getBytes(StandardCharsets.UTF_8));
        Asked nothing = new Asked("", words, Optional.empty(), List.of(), false, Set.of(), Optional.empty(), false);
        return new KeyMaker.Made(
                new CertificateRequest(Purpose.ENROLL, words, words, algorithm, nothing), Secret.of(words.toArray()));
    }

    @Test
    void a_claims_certificate_bears_its_name_and_lives_for_five_minutes() {
        Made.Done made = (Made.Done) credentials.make(ACME, HAND);
        Order order = issuer.orders().getFirst();

        assertThat(made.notAfter()).isEqualTo(NOW.plus(Duration.ofMinutes(5)));
        assertThat(made.privateKey().reveal()).isEqualTo("P256".getBytes(StandardCharsets.UTF_8));
        assertThat(made.chain()).isEqualTo(issuer.authorities(ACME));
        assertThat(order.tenant()).isEqualTo(ACME);
        assertThat(order.registrationId().display()).isEqualTo("hand-1");
        assertThat(order.request().algorithm()).isEqualTo(KeyAlgorithm.P256);
        assertThat(order.residentKey()).isFalse();
        assertThat(made.toString()).doesNotContain("P256");
    }

    @Test
    void its_number_is_new_each_time_and_not_of_the_kind_that_leads_to_a_created_certificate() {
        credentials.make(ACME, HAND);
        credentials.make(ACME, HAND);
        assertThat(issuer.orders())
                .extracting(Order::serial)
                .doesNotHaveDuplicates()
                .noneMatch(Serial::created);
    }

    @Test
    void what_the_authority_does_not_sign_is_refused_with_its_reason() {
        Map.of(
                        new Issuer.Result.NameForbidden("hand-1", "it is ours"),
                        new Refusal.RequestedNameForbidden("hand-1", "it is ours"),
                        new Issuer.Result.Linted("a rule", "a finding"),
                        new Refusal.LintFailed("a rule", "a finding"),
                        new Issuer.Result.PossessionUnproved(),
                        new Refusal.PossessionUnproved())
                .forEach((says, refusal) -> {
                    issuer.says(says);
                    assertThat(credentials.make(ACME, HAND)).isEqualTo(new Made.Refused(refusal));
                });
    }
}
