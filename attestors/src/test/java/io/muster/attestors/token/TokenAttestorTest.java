package io.muster.attestors.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.access.Scope;
import io.muster.core.access.Warrant;
import io.muster.core.attestation.Attestor.Finding;
import io.muster.core.attestation.Standing;
import io.muster.core.connectivity.Allocation;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Secret;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Refusal;
import io.muster.core.roster.DeviceIdTemplate;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.OneTimeToken;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Registered;
import io.muster.core.roster.TokenId;
import io.muster.core.roster.Tokens;
import io.muster.core.roster.Treatment;
import io.muster.x509.testkit.Orders;
import io.muster.x509.testkit.RequestSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TokenAttestorTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Instant END = NOW.plusSeconds(60);
    private static final Name ACME = new Name("acme");
    private static final String TEXT = "s3cret-token-text";

    private final CertificateRequest request =
            Orders.read(RequestSpec.of("gate-1").der(), Purpose.ENROLL);
    private final Known tokens = new Known();
    private final TokenAttestor attestor = new TokenAttestor(tokens);

    /// Knows one token, and counts who asks.
    private static final class Known implements Tokens {

        private OneTimeToken token = token("gates", "gate-1", 1, 0, false);
        private Set<IdentityKey> users = Set.of();
        private final List<String> asked = new ArrayList<>();

        @Override
        public Optional<Found> find(Name tenant, String text, IdentityKey key) {
            asked.add(text);
            return text.equals(TEXT) && tenant.equals(ACME)
                    ? Optional.of(new Found(token, users.contains(key)))
                    : Optional.empty();
        }

        @Override
        public Registered<Made> make(Order order, Warrant warrant) {
            throw new AssertionError("an attestor makes no token");
        }

        @Override
        public List<OneTimeToken> list(Name tenant, Scope scope, Optional<TokenId> after, int limit) {
            throw new AssertionError("an attestor lists no tokens");
        }

        @Override
        public Optional<OneTimeToken> find(Name tenant, TokenId id) {
            throw new AssertionError("an attestor finds a token by its text");
        }

        @Override
        public Registered<OneTimeToken> revoke(Name tenant, TokenId id, Warrant warrant) {
            throw new AssertionError("an attestor revokes no token");
        }
    }

    @Test
    void a_token_proves_the_key_of_the_request_and_must_be_burned() {
        Finding finding = examine("gate-1", TEXT);

        assertThat(finding).isInstanceOfSatisfying(Finding.Proved.class, it -> {
            assertThat(it.key()).isEqualTo(request.key());
            assertThat(it.shown()).isEqualTo(new Standing.ByToken(tokens.token.id()));
        });
    }

    @Test
    void no_check_repeats_the_token() {
        tokens.token = token("gates", "gate-1", 1, 1, false);

        assertThat(examine("gate-1", TEXT).toString()).doesNotContain(TEXT);
        assertThat(examine("gate-2", TEXT).toString()).doesNotContain(TEXT);
        assertThat(examine("gate-1", "unknown-text").toString()).doesNotContain("unknown-text");
    }

    @Test
    void an_unknown_text_is_refused_and_one_of_no_sensible_length_is_not_looked_up() {
        assertThat(refusal(examine("gate-1", "other"))).isEqualTo(new Refusal.TokenUnknown());
        assertThat(refusal(examine("gate-1", ""))).isEqualTo(new Refusal.TokenUnknown());
        assertThat(refusal(examine("gate-1", "x".repeat(257)))).isEqualTo(new Refusal.TokenUnknown());
        assertThat(tokens.asked).containsExactly("other");
    }

    @Test
    void a_token_for_another_device_is_refused() {
        assertThat(refusal(examine("gate-2", TEXT))).isEqualTo(new Refusal.TokenOfOtherName("gate-2"));
        assertThat(examine("GATE-1", TEXT)).isInstanceOf(Finding.Proved.class);
    }

    @Test
    void a_token_of_another_enrollment_is_refused_as_such() {
        tokens.token = token("doors", "gate-1", 1, 0, false);

        assertThat(refusal(examine("gate-1", TEXT))).isEqualTo(new Refusal.TokenOfOtherName("gate-1"));
    }

    @Test
    void a_spent_token_is_refused_for_any_other_key_than_those_that_spent_it() {
        tokens.token = token("gates", "gate-1", 2, 2, false);

        assertThat(refusal(examine("gate-1", TEXT))).isEqualTo(new Refusal.TokenSpent());
        tokens.users = Set.of(request.key());
        assertThat(examine("gate-1", TEXT)).isInstanceOf(Finding.Proved.class);
    }

    @Test
    void an_expired_token_is_refused_for_any_key_that_has_not_used_it() {
        assertThat(refusal(examine("gate-1", TEXT, END))).isEqualTo(new Refusal.OneTimeTokenExpired(END));
        assertThat(examine("gate-1", TEXT, END.minusMillis(1))).isInstanceOf(Finding.Proved.class);
        tokens.users = Set.of(request.key());
        assertThat(examine("gate-1", TEXT, END.plusSeconds(1))).isInstanceOf(Finding.Proved.class);
    }

    @Test
    void a_revoked_token_is_refused() {
        tokens.token = token("gates", "gate-1", 1, 0, true);

        assertThat(refusal(examine("gate-1", TEXT))).isEqualTo(new Refusal.TokenRevoked());
    }

    @Test
    void without_a_certificate_request_there_is_no_key_to_bind() {
        EnrollmentRequest bare = request("gate-1", List.of(new Evidence.OneTimeToken(TEXT)), Optional.empty());

        assertThat(refusal(attestor.examine(enrollment(new Proof.OneTimeTokens()), bare, NOW)))
                .isEqualTo(new Refusal.CertificateRequestMissing());
        assertThat(tokens.asked).isEmpty();
    }

    @Test
    void another_kind_of_proof_or_of_evidence_is_not_its_affair() {
        Secret key = Secret.of(new byte[32]);
        Evidence token = new Evidence.OneTimeToken(TEXT);
        Evidence other = new Evidence.SharedAccessSignature("sr=a", "a");

        assertThat(attestor.examine(
                        enrollment(new Proof.SymmetricKeys(key, key)),
                        request("gate-1", List.of(token), Optional.of(request)),
                        NOW))
                .isEqualTo(new Finding.NotMine());
        assertThat(attestor.examine(
                        enrollment(new Proof.OneTimeTokens()),
                        request("gate-1", List.of(other), Optional.of(request)),
                        NOW))
                .isEqualTo(new Finding.NotMine());
        assertThat(tokens.asked).isEmpty();
    }

    private Finding examine(String id, String text) {
        return examine(id, text, NOW);
    }

    private Finding examine(String id, String text, Instant now) {
        EnrollmentRequest shown = request(id, List.of(new Evidence.OneTimeToken(text)), Optional.of(request));
        return attestor.examine(enrollment(new Proof.OneTimeTokens()), shown, now);
    }

    private static EnrollmentRequest request(
            String id, List<Evidence> evidence, Optional<CertificateRequest> certificate) {
        return new EnrollmentRequest(
                "est",
                Optional.of("acme"),
                Optional.empty(),
                RegistrationId.parse(id).orElseThrow(),
                evidence,
                certificate,
                Optional.empty(),
                "127.0.0.1");
    }

    private static OneTimeToken token(String enrollment, String id, int uses, int spent, boolean revoked) {
        return new OneTimeToken(
                new TokenId(new UUID(1, 2)),
                ACME,
                new Name(enrollment),
                RegistrationId.parse(id).orElseThrow(),
                uses,
                spent,
                revoked,
                NOW.minusSeconds(60),
                END);
    }

    private static Enrollment enrollment(Proof proof) {
        Treatment treatment = new Treatment(
                new Allocation.Hashed(List.of()),
                Treatment.Reprovision.KEEP,
                Treatment.KeyChange.REFUSE,
                DeviceIdTemplate.REGISTRATION_ID,
                Optional.empty(),
                Optional.empty());
        return new Enrollment(ACME, new Name("gates"), 1, Optional.empty(), proof, treatment, true);
    }

    private static Refusal refusal(Finding finding) {
        assertThat(finding).isInstanceOf(Finding.Disproved.class);
        return ((Finding.Disproved) finding).refusal();
    }
}
