package io.muster.attestors.symmetric;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.attestation.Attestor.Finding;
import io.muster.core.connectivity.Allocation;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Secret;
import io.muster.core.door.Check;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Refusal;
import io.muster.core.roster.DeviceIdTemplate;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Treatment;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SymmetricAttestorTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final long IN_AN_HOUR = NOW.getEpochSecond() + 3_600;
    private static final byte[] PRIMARY = "primary-key-of-32-bytes-for-test".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SECONDARY = "another-key-of-32-bytes-for-test".getBytes(StandardCharsets.UTF_8);
    private static final String RESOURCE = "acme/registrations/Meter-1";

    private final SymmetricAttestor attestor = new SymmetricAttestor();

    @Test
    void the_tokens_of_the_java_and_the_node_sdk_are_taken() {
        String java = "sr=%s&sig=%s&se=%d&skn=".formatted(RESOURCE, signature(PRIMARY, RESOURCE), IN_AN_HOUR);
        String node =
                "sr=%s&sig=%s&skn=registration&se=%d".formatted(RESOURCE, signature(PRIMARY, RESOURCE), IN_AN_HOUR);

        assertThat(examine(individual(), java)).isInstanceOf(Finding.Proved.class);
        assertThat(examine(individual(), node)).isInstanceOf(Finding.Proved.class);
    }

    @Test
    void the_signature_covers_the_resource_as_it_was_sent_and_the_name_is_compared_decoded() {
        String encoded = "acme%2fregistrations%2FMeter-1";
        String shouted = RESOURCE.toUpperCase(Locale.ROOT);

        assertThat(examine(individual(), token(PRIMARY, encoded, IN_AN_HOUR))).isInstanceOf(Finding.Proved.class);
        assertThat(examine(individual(), token(PRIMARY, shouted, IN_AN_HOUR))).isInstanceOf(Finding.Proved.class);
    }

    @Test
    void a_resource_is_decoded_once_and_not_twice() {
        assertThat(refusal(individual(), token(PRIMARY, "acme%252fregistrations%252fMeter-1", IN_AN_HOUR)))
                .isEqualTo(new Refusal.TokenForOther("acme%2fregistrations%2fMeter-1"));
    }

    @Test
    void either_key_of_an_individual_proves_it_and_the_trace_says_which() {
        Finding.Proved first = (Finding.Proved) examine(individual(), token(PRIMARY, RESOURCE, IN_AN_HOUR));
        Finding.Proved second = (Finding.Proved) examine(individual(), token(SECONDARY, RESOURCE, IN_AN_HOUR));

        assertThat(first.checks()).extracting(Check::code).containsExactly("token_signed", "token_in_time");
        assertThat(first.checks().getFirst().input()).isEqualTo("the device's primary key");
        assertThat(second.checks().getFirst().input()).isEqualTo("the device's secondary key");
        assertThat(second.key()).isEqualTo(first.key()).isEqualTo(IdentityKey.ofSymmetric(id()));
    }

    @Test
    void a_group_derives_the_key_from_the_id_as_written_or_in_lower_case() {
        byte[] written = hmac(PRIMARY, "Meter-1");
        byte[] lower = hmac(SECONDARY, "meter-1");

        assertThat(examine(group(), token(written, RESOURCE, IN_AN_HOUR))).isInstanceOf(Finding.Proved.class);
        assertThat(examine(group(), token(lower, RESOURCE, IN_AN_HOUR))).isInstanceOf(Finding.Proved.class);
        assertThat(refusal(group(), token(hmac(PRIMARY, "meter-2"), RESOURCE, IN_AN_HOUR)))
                .isEqualTo(new Refusal.TokenSignatureWrong());
    }

    @Test
    void a_group_key_itself_signs_nothing() {
        assertThat(refusal(group(), token(PRIMARY, RESOURCE, IN_AN_HOUR))).isEqualTo(new Refusal.TokenSignatureWrong());
    }

    @Test
    void a_token_for_another_device_or_tenant_is_refused() {
        for (String other :
                List.of("acme/registrations/Meter-2", "evil/registrations/Meter-1", "acme", RESOURCE + "/")) {
            assertThat(refusal(individual(), token(PRIMARY, other, IN_AN_HOUR)))
                    .isEqualTo(new Refusal.TokenForOther(other));
        }
    }

    @Test
    void letters_that_only_fold_to_ascii_are_other_letters() {
        String kelvin = "acme/registrations/%E2%84%AA-1";
        EnrollmentRequest request = request("K-1", token(PRIMARY, kelvin, IN_AN_HOUR), "acme/registrations/K-1");

        assertThat(attestor.examine(individual(), request, NOW)).isInstanceOf(Finding.Disproved.class);
    }

    @Test
    void an_expired_token_is_told_from_a_wrong_one_and_shows_both_times() {
        long past = NOW.getEpochSecond() - 1;
        Finding.Disproved expired = (Finding.Disproved) examine(individual(), token(PRIMARY, RESOURCE, past));

        assertThat(expired.refusal()).isEqualTo(new Refusal.TokenExpired(Instant.ofEpochSecond(past), NOW));
        assertThat(expired.checks().getLast().input()).contains(NOW.toString());
        assertThat(refusal(individual(), token(PRIMARY, RESOURCE, NOW.getEpochSecond())))
                .isInstanceOf(Refusal.TokenExpired.class);
        assertThat(refusal(individual(), token(new byte[32], RESOURCE, past)))
                .isEqualTo(new Refusal.TokenSignatureWrong());
    }

    @Test
    void a_token_that_lives_for_ages_is_refused() {
        long year = NOW.plus(SymmetricAttestor.LONGEST_LIFE).getEpochSecond();

        assertThat(examine(individual(), token(PRIMARY, RESOURCE, year))).isInstanceOf(Finding.Proved.class);
        assertThat(refusal(individual(), token(PRIMARY, RESOURCE, year + 1)))
                .isInstanceOf(Refusal.TokenLifeTooLong.class);
        assertThat(refusal(individual(), token(PRIMARY, RESOURCE, 999_999_999_999L)))
                .isInstanceOf(Refusal.TokenLifeTooLong.class);
    }

    @Test
    void malformed_tokens_are_refused_whatever_is_wrong_with_them() {
        String good = token(PRIMARY, RESOURCE, IN_AN_HOUR);
        List<String> bad = List.of(
                "",
                "&",
                "sr",
                "x=y",
                good + "&sr=again",
                good + "&skn=a&skn=b",
                good + "&",
                good.replace("se=", "se=+"),
                good.replace("se=", "se=9999999999999"),
                good.replace("se=", "se=-"),
                good.replace("sig=", "sig=%zz"),
                good.replace("sig=", "sig=%"),
                good.replace("sig=", "sig=AAAA"),
                good.replace("sr=", "sr=%ff"),
                good.replace("sr=", "SR="),
                good.replace("&se=" + IN_AN_HOUR, ""),
                good.replace("acme", "ac\nme"),
                good.replace("acme", "ac me"),
                good + "&skn=" + "x".repeat(3_000),
                "sr=a&".repeat(500));

        for (String token : bad) {
            assertThat(refusal(individual(), token)).as(token).isInstanceOf(Refusal.TokenMalformed.class);
        }
    }

    @Test
    void another_kind_of_proof_or_of_evidence_is_not_its_affair() {
        Enrollment certificates = enrollment(Optional.empty(), new Proof.Authorities(List.of()));

        assertThat(examine(certificates, token(PRIMARY, RESOURCE, IN_AN_HOUR))).isEqualTo(new Finding.NotMine());
        assertThat(attestor.examine(individual(), request("Meter-1", List.of()), NOW))
                .isEqualTo(new Finding.NotMine());
    }

    @Test
    void no_check_and_no_refusal_shows_a_key_or_a_signature() {
        String token = token(PRIMARY, RESOURCE, IN_AN_HOUR);
        String seen = examine(individual(), token).toString()
                + examine(group(), token)
                + TokenKey.ofIndividual((Proof.SymmetricKeys) individual().proof());

        assertThat(seen)
                .doesNotContain(new String(PRIMARY, StandardCharsets.UTF_8))
                .doesNotContain(Base64.getEncoder().encodeToString(PRIMARY))
                .doesNotContain(signature(PRIMARY, RESOURCE));
    }

    private Finding examine(Enrollment enrollment, String token) {
        return attestor.examine(enrollment, request("Meter-1", token, RESOURCE), NOW);
    }

    private Refusal refusal(Enrollment enrollment, String token) {
        Finding finding = examine(enrollment, token);
        assertThat(finding).isInstanceOf(Finding.Disproved.class);
        return ((Finding.Disproved) finding).refusal();
    }

    private static String token(byte[] key, String resource, long expires) {
        return "sr=" + resource + "&sig=" + signature(key, resource, expires) + "&se=" + expires;
    }

    private static String signature(byte[] key, String resource) {
        return signature(key, resource, IN_AN_HOUR);
    }

    private static String signature(byte[] key, String resource, long expires) {
        String base64 = Base64.getEncoder().encodeToString(hmac(key, resource + "\n" + expires));
        return URLEncoder.encode(base64, StandardCharsets.UTF_8);
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EnrollmentRequest request(String id, String token, String resource) {
        return request(id, List.of(new Evidence.SharedAccessSignature(token, resource)));
    }

    private static EnrollmentRequest request(String id, List<Evidence> evidence) {
        return new EnrollmentRequest(
                "test",
                Optional.of("acme"),
                RegistrationId.parse(id).orElseThrow(),
                evidence,
                Optional.empty(),
                "127.0.0.1");
    }

    private static RegistrationId id() {
        return RegistrationId.parse("Meter-1").orElseThrow();
    }

    private static Enrollment individual() {
        return enrollment(Optional.of(id()), keys());
    }

    private static Enrollment group() {
        return enrollment(Optional.empty(), keys());
    }

    private static Proof keys() {
        return new Proof.SymmetricKeys(Secret.of(PRIMARY), Secret.of(SECONDARY));
    }

    private static Enrollment enrollment(Optional<RegistrationId> individual, Proof proof) {
        Treatment treatment = new Treatment(
                new Allocation.Hashed(List.of()),
                Treatment.Reprovision.KEEP,
                Treatment.KeyChange.REFUSE,
                DeviceIdTemplate.REGISTRATION_ID,
                Optional.empty(),
                Optional.empty());
        return new Enrollment(new Name("acme"), new Name("meters"), 1, individual, proof, treatment, true);
    }
}
