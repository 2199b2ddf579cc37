package io.muster.attestors.tpm;

import static io.muster.attestors.tpm.Requests.ACME;
import static io.muster.attestors.tpm.Requests.NOW;
import static io.muster.attestors.tpm.Requests.challenged;
import static io.muster.attestors.tpm.Requests.enrollment;
import static io.muster.attestors.tpm.Requests.manufacturers;
import static io.muster.attestors.tpm.Requests.proved;
import static io.muster.attestors.tpm.Requests.refusal;
import static io.muster.attestors.tpm.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.attestors.tpm.credential.Primitives;
import io.muster.attestors.tpm.structure.HashAlgorithm;
import io.muster.attestors.tpm.testkit.Board;
import io.muster.attestors.tpm.testkit.SealedContinuations;
import io.muster.attestors.tpm.testkit.SoftKey;
import io.muster.core.attestation.Attestor.Finding;
import io.muster.core.device.Bytes;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Name;
import io.muster.core.device.Secret;
import io.muster.core.door.Challenge;
import io.muster.core.door.Check;
import io.muster.core.door.Evidence.SharedAccessSignature;
import io.muster.core.door.Evidence.TpmChip;
import io.muster.core.door.Refusal;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.path.ChainValidator;
import io.muster.x509.testkit.TestAuthority;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The devices of the Azure SDKs: a storage root key, a key to import, a token.
class TpmTokenKeyTest {

    private static final String RESOURCE = "acme/registrations/Board-1";
    private static final Board BOARD = Board.by(TestAuthority.root("Maker"), SoftKey.rsa());
    private static final Board OTHER = Board.by(TestAuthority.root("Maker"), SoftKey.rsa());

    private final SealedContinuations continuations = new SealedContinuations();
    private final TpmAttestor attestor = attestor();
    private final Enrollment pinned = enrollment(pin(BOARD));

    private TpmAttestor attestor() {
        return new TpmAttestor(continuations, new ChainValidator(SignatureEngine.choose()), Primitives.ofPlatform());
    }

    @Test
    void a_chip_that_signs_with_the_imported_key_is_proved_and_gets_another_key() {
        Finding.Proved proved = proved(present(key(NOW), NOW));

        assertThat(proved.key())
                .isEqualTo(IdentityKey.ofEndorsementKey(
                        BOARD.endorsement().keys().getPublic().getEncoded()));
        assertThat(proved.checks())
                .extracting(Check::code)
                .containsExactly("tpm_keys_sound", "endorsement_key_pinned", "token_signed", "token_in_time");
        Secret hubKey =
                BOARD.imported(proved.hardware().wrappedKey().orElseThrow()).orElseThrow();
        assertThat(hubKey).isNotEqualTo(key(NOW));
        assertThat(hubKey.size()).isEqualTo(32);
    }

    @Test
    void the_same_device_gets_the_same_hub_key_from_every_node() {
        Bytes first = proved(present(key(NOW), NOW)).hardware().wrappedKey().orElseThrow();
        Instant later = NOW.plus(Duration.ofDays(30));
        Finding again = attestor()
                .examine(pinned, request("Board-1", BOARD.storing(), token(key(later), RESOURCE, later)), later);

        assertThat(BOARD.imported(proved(again).hardware().wrappedKey().orElseThrow()))
                .isEqualTo(BOARD.imported(first));
    }

    @Test
    void a_key_counts_until_the_end_of_the_next_window() {
        Finding.Challenged challenged = challenge(NOW);
        Secret key = key(NOW);

        assertThat(challenged.expiresAt()).isEqualTo(NOW.plus(Duration.ofMinutes(10)));
        assertThat(present(key, challenged.expiresAt().minusSeconds(1))).isInstanceOf(Finding.Proved.class);
        assertThat(refusal(present(key, challenged.expiresAt()))).isEqualTo(new Refusal.TokenSignatureWrong());
        assertThat(refusal(present(key, NOW.minusSeconds(1)))).isEqualTo(new Refusal.TokenSignatureWrong());
    }

    @Test
    void only_the_chip_that_was_shown_imports_the_key() {
        Board thief = new Board(
                OTHER.endorsement(), BOARD.attestation(), BOARD.storage(), BOARD.operational(), Optional.empty());

        assertThat(thief.imported(blob(NOW))).isEmpty();
    }

    @Test
    void a_key_is_for_one_chip_one_name_and_one_tenant() {
        Secret key = key(NOW);
        String board2 = "acme/registrations/Board-2";

        assertThat(List.of(
                        attestor.examine(
                                enrollment(pin(OTHER)),
                                request("Board-1", OTHER.storing(), token(key, RESOURCE, NOW)),
                                NOW),
                        attestor.examine(
                                pinned,
                                request(
                                        "Board-2",
                                        BOARD.storing(),
                                        new SharedAccessSignature(text(key, board2, NOW), board2)),
                                NOW),
                        attestor.examine(
                                enrollment(new Name("rival"), "boards", pinned.proof()),
                                request("Board-1", BOARD.storing(), token(key, RESOURCE, NOW)),
                                NOW)))
                .extracting(Requests::refusal)
                .containsOnly(new Refusal.TokenSignatureWrong());
    }

    @Test
    void a_token_says_its_resource_encoded_or_not_and_for_this_device_alone() {
        Secret key = key(NOW);
        String encoded = URLEncoder.encode(RESOURCE, StandardCharsets.UTF_8);

        assertThat(present(text(key, encoded, NOW))).isInstanceOf(Finding.Proved.class);
        assertThat(present(text(key, RESOURCE, NOW) + "&skn=")).isInstanceOf(Finding.Proved.class);
        assertThat(refusal(present(text(key, "acme/registrations/Board-2", NOW))))
                .isEqualTo(new Refusal.TokenForOther("acme/registrations/Board-2"));
        assertThat(refusal(present(text(key, "%E2%84%AA", NOW)))).isInstanceOf(Refusal.TokenForOther.class);
    }

    @Test
    void an_expired_token_and_one_that_lives_too_long_are_refused() {
        Secret key = key(NOW);

        assertThat(refusal(present(text(key, RESOURCE, NOW.minus(Duration.ofHours(1))))))
                .isInstanceOf(Refusal.TokenExpired.class);
        assertThat(refusal(present(text(key, RESOURCE, NOW.plus(Duration.ofDays(400))))))
                .isInstanceOf(Refusal.TokenLifeTooLong.class);
    }

    @Test
    void whatever_is_no_token_is_refused() {
        String good = text(key(NOW), RESOURCE, NOW);
        for (String bad : List.of(
                "",
                "&",
                "=",
                "sr",
                "x=y",
                good + "&" + good,
                good + "&x=y",
                good.replace("se=", "se=-"),
                good.replace("sr=", "sr=%zz"),
                good.replace("sr=", "sr=\u0000"),
                good.replaceAll("sig=[^&]*", "sig=AAAA"),
                good.replaceAll("sig=[^&]*", "sig=%%%"),
                good + "%20".repeat(2_000))) {
            assertThat(refusal(present(bad))).as(bad).isInstanceOf(Refusal.TokenMalformed.class);
        }
        for (int length = 0; length < good.length(); length++) {
            assertThat(present(good.substring(0, length))).isInstanceOf(Finding.Disproved.class);
        }
    }

    @Test
    void an_attestation_key_is_no_storage_root_key() {
        TpmChip chip =
                BOARD.chip(BOARD.attestation().area(SoftKey.ATTESTATION, new byte[0]), TpmChip.Role.STORAGE_ROOT);

        assertThat(refusal(attestor.examine(pinned, request("Board-1", chip), NOW)))
                .isInstanceOf(Refusal.TpmKeyUnacceptable.class);
    }

    @Test
    void a_chip_of_a_trusted_maker_comes_this_way_too() {
        TestAuthority maker = TestAuthority.root("Maker");
        Board board = Board.by(maker, SoftKey.rsa());
        Enrollment group = enrollment(ACME, "boards", manufacturers(maker.certificate()));

        assertThat(attestor.examine(group, request("Board-1", board.storing()), NOW))
                .isInstanceOf(Finding.Challenged.class);
    }

    private Finding.Challenged challenge(Instant now) {
        return challenged(attestor.examine(pinned, request("Board-1", BOARD.storing()), now));
    }

    private Bytes blob(Instant now) {
        return ((Challenge.ImportTokenKey) challenge(now).challenge()).blob();
    }

    private Secret key(Instant now) {
        return BOARD.imported(blob(now)).orElseThrow();
    }

    private Finding present(Secret key, Instant now) {
        return attestor.examine(pinned, request("Board-1", BOARD.storing(), token(key, RESOURCE, now)), now);
    }

    private Finding present(String token) {
        return attestor.examine(
                pinned, request("Board-1", BOARD.storing(), new SharedAccessSignature(token, RESOURCE)), NOW);
    }

    private static SharedAccessSignature token(Secret key, String resource, Instant now) {
        return new SharedAccessSignature(text(key, resource, now), resource);
    }

    private static String text(Secret key, String resource, Instant now) {
        String signed = resource + "\n" + now.plusSeconds(60).getEpochSecond();
        try {
            byte[] mac =
                    Primitives.hmac(HashAlgorithm.SHA256, key.reveal(), signed.getBytes(StandardCharsets.US_ASCII));
            String signature = URLEncoder.encode(Base64.getEncoder().encodeToString(mac), StandardCharsets.US_ASCII);
            return "sr=" + resource + "&sig=" + signature + "&se=" + signed.substring(signed.indexOf('\n') + 1);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Proof pin(Board board) {
        return new Proof.TpmPinned(
                Bytes.of(board.endorsement().keys().getPublic().getEncoded()));
    }
}
