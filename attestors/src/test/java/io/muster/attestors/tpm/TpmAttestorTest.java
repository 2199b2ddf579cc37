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
import io.muster.attestors.tpm.testkit.Board;
import io.muster.attestors.tpm.testkit.SealedContinuations;
import io.muster.attestors.tpm.testkit.SoftKey;
import io.muster.core.attestation.Attestor.Finding;
import io.muster.core.attestation.Hardware;
import io.muster.core.attestation.Standing;
import io.muster.core.device.Bytes;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Name;
import io.muster.core.device.Secret;
import io.muster.core.door.Challenge;
import io.muster.core.door.Check;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Evidence.TpmActivation;
import io.muster.core.door.Evidence.TpmChip;
import io.muster.core.door.Refusal;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.path.ChainValidator;
import io.muster.x509.testkit.TestAuthority;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The native door's devices: an attestation key, a challenge, an answer.
class TpmAttestorTest {

    private static final TestAuthority MAKER = TestAuthority.root("Maker");
    private static final int NO_DA = 0x400;
    private static final Board RSA = Board.by(MAKER, SoftKey.rsa());
    private static final Board ECC = Board.by(MAKER, SoftKey.p256());

    private final SealedContinuations continuations = new SealedContinuations();
    private final TpmAttestor attestor = attestor();
    private final Enrollment group = enrollment(manufacturers(MAKER.certificate()));

    private TpmAttestor attestor() {
        return new TpmAttestor(continuations, new ChainValidator(SignatureEngine.choose()), Primitives.ofPlatform());
    }

    static Stream<Board> boards() {
        return Stream.of(RSA, ECC, Board.by(MAKER, SoftKey.rsa(3072)), Board.by(MAKER, SoftKey.rsa(4096)));
    }

    @ParameterizedTest
    @MethodSource("boards")
    void a_chip_of_a_trusted_maker_proves_itself_with_its_answer(Board board) {
        Finding.Challenged challenged = challenge(board);
        assertThat(challenged.expiresAt()).isEqualTo(NOW.plus(Duration.ofMinutes(5)));
        assertThat(challenged.checks())
                .extracting(Check::code)
                .containsExactly("tpm_keys_sound", "endorsement_chain_valid", "challenged");
        assertThat(challenged.checks().get(1).input()).contains("id:00001014", "Model 7", "id:00010002", "CN=Maker");

        Finding.Proved proved = proved(answer(board, challenged));

        assertThat(proved.key())
                .isEqualTo(IdentityKey.ofEndorsementKey(
                        board.endorsement().keys().getPublic().getEncoded()));
        assertThat(proved.shown()).isEqualTo(new Standing.ByIdentity());
        assertThat(proved.hardware()).isEqualTo(Hardware.NONE);
        assertThat(proved.checks())
                .extracting(Check::code)
                .containsExactly("tpm_keys_sound", "endorsement_chain_valid", "credential_activated");
    }

    @Test
    void a_pinned_chip_needs_no_certificate() {
        Board bare = RSA.with(Optional.empty());
        Enrollment pinned = enrollment(new Proof.TpmPinned(spki(RSA)));
        Finding.Challenged challenged = challenged(examine(pinned, request("Board-1", bare.attesting())));

        Finding finding = examine(
                pinned,
                request("Board-1", bare.attesting(), bare.answer(challenged.challenge(), challenged.continuation())));

        assertThat(proved(finding).checks()).extracting(Check::code).contains("endorsement_key_pinned");
        assertThat(refusal(examine(pinned, request("Board-1", ECC.attesting()))))
                .isInstanceOf(Refusal.EndorsementKeyNotListed.class);
    }

    @Test
    void other_proofs_and_other_evidence_are_not_its_business() {
        Secret key = Secret.of(new byte[32]);

        assertThat(examine(enrollment(new Proof.SymmetricKeys(key, key)), request("Board-1", RSA.attesting())))
                .isEqualTo(new Finding.NotMine());
        assertThat(examine(enrollment(new Proof.OneTimeTokens()), request("Board-1", RSA.attesting())))
                .isEqualTo(new Finding.NotMine());
        assertThat(examine(group, request("Board-1", new Evidence.OneTimeToken("x"))))
                .isEqualTo(new Finding.NotMine());
    }

    @Test
    void the_same_answer_again_gives_the_same_result_here_and_on_another_node() {
        Finding.Challenged challenged = challenge(RSA);
        Finding first = answer(RSA, challenged);

        assertThat(answer(RSA, challenged)).isEqualTo(first);
        assertThat(attestor().examine(group, answering("Board-1", RSA, challenged), NOW))
                .isEqualTo(first);
    }

    @Test
    void no_two_challenges_are_the_same() {
        Challenge.Activate one = (Challenge.Activate) challenge(RSA).challenge();
        Challenge.Activate other = (Challenge.Activate) challenge(RSA).challenge();

        assertThat(one.nonce()).isNotEqualTo(other.nonce());
        assertThat(RSA.activate(one)).isNotEqualTo(RSA.activate(other));
        assertThat(one.nonce()).isNotEqualTo(RSA.activate(one).orElseThrow());
    }

    @Test
    void an_altered_continuation_is_refused_at_every_byte() {
        Finding.Challenged challenged = challenge(RSA);
        Bytes secret = RSA.activate(challenged.challenge()).orElseThrow();

        for (int at = 0; at < challenged.continuation().size(); at++) {
            byte[] altered = challenged.continuation().toArray();
            altered[at] ^= 1;
            assertThat(refusal(answer(RSA, new TpmActivation(Bytes.of(altered), secret))))
                    .isEqualTo(new Refusal.ContinuationInvalid());
        }
        for (int size : new int[] {0, 1, 12, 5_000}) {
            assertThat(refusal(answer(RSA, new TpmActivation(Bytes.of(new byte[size]), secret))))
                    .isEqualTo(new Refusal.ContinuationInvalid());
        }
    }

    @Test
    void a_continuation_counts_for_its_tenant_enrollment_name_and_keys_alone() {
        Finding.Challenged challenged = challenge(RSA);
        TpmActivation answer = RSA.answer(challenged.challenge(), challenged.continuation());
        Proof proof = group.proof();
        TpmChip guessable = new TpmChip(
                Bytes.of(RSA.endorsement().area(SoftKey.ENDORSEMENT | NO_DA, SoftKey.POLICY_A)),
                RSA.certificate(),
                RSA.attesting().protectedKey(),
                TpmChip.Role.ATTESTATION);
        Board otherKey =
                new Board(RSA.endorsement(), SoftKey.p256(), RSA.storage(), RSA.operational(), RSA.certificate());

        assertThat(Stream.of(
                        examine(enrollment(new Name("rival"), "boards", proof), answering(RSA, answer)),
                        examine(enrollment(ACME, "others", proof), answering(RSA, answer)),
                        examine(group, request("Board-2", RSA.attesting(), answer)),
                        examine(group, answering(otherKey, answer)),
                        examine(group, request("Board-1", guessable, answer)),
                        examine(group, answering(ECC, answer))))
                .extracting(Requests::refusal)
                .containsOnly(new Refusal.ContinuationInvalid());
        assertThat(examine(group, request("BOARD-1", RSA.attesting(), answer))).isInstanceOf(Finding.Proved.class);
    }

    @Test
    void the_secret_of_another_challenge_is_refused() {
        Finding.Challenged mine = challenge(RSA);
        Bytes other = RSA.activate(challenge(RSA).challenge()).orElseThrow();

        assertThat(refusal(answer(RSA, new TpmActivation(mine.continuation(), other))))
                .isEqualTo(new Refusal.ActivationWrong());
        assertThat(refusal(answer(RSA, new TpmActivation(mine.continuation(), Bytes.of(new byte[0])))))
                .isEqualTo(new Refusal.ActivationWrong());
    }

    @Test
    void whoever_has_not_the_endorsement_key_cannot_answer() {
        Board thief = new Board(SoftKey.rsa(), RSA.attestation(), RSA.storage(), RSA.operational(), RSA.certificate());

        assertThat(thief.activate(challenge(RSA).challenge())).isEmpty();
    }

    @Test
    void an_answer_counts_for_five_minutes() {
        Finding.Challenged challenged = challenge(RSA);
        EnrollmentRequest answer = answering("Board-1", RSA, challenged);

        assertThat(attestor.examine(group, answer, challenged.expiresAt().minusMillis(1)))
                .isInstanceOf(Finding.Proved.class);
        assertThat(refusal(attestor.examine(group, answer, challenged.expiresAt())))
                .isEqualTo(new Refusal.ContinuationExpired(challenged.expiresAt()));
    }

    @Test
    void a_key_that_signs_anything_is_no_attestation_key() {
        TpmChip unrestricted = RSA.chip(RSA.attestation().area(SoftKey.SIGNING, new byte[0]), TpmChip.Role.ATTESTATION);

        assertThat(refusal(examine(group, request("Board-1", unrestricted))))
                .isInstanceOfSatisfying(Refusal.TpmKeyUnacceptable.class, it -> assertThat(it.what())
                        .contains("restricted"));
    }

    @Test
    void an_rsa_key_of_another_size_is_no_endorsement_key() {
        for (int bits : new int[] {1024, 8192}) {
            byte[] area = RSA.attesting().endorsementKey().toArray();
            int size = area.length - 2 - 256 - 4 - 2;
            area[size] = (byte) (bits >> 8);
            TpmChip chip = new TpmChip(
                    Bytes.of(area), RSA.certificate(), RSA.attesting().protectedKey(), TpmChip.Role.ATTESTATION);

            assertThat(refusal(examine(group, request("Board-1", chip))))
                    .isInstanceOfSatisfying(Refusal.TpmKeyUnacceptable.class, it -> assertThat(it.what())
                            .contains(bits + " bits"));
        }
    }

    @Test
    void an_rsa_key_with_the_exponent_one_is_no_endorsement_key() {
        byte[] area = RSA.attesting().endorsementKey().toArray();
        int exponent = area.length - 2 - 256 - 4;
        area[exponent + 1] = 0;
        area[exponent + 2] = 0;
        area[exponent + 3] = 1;
        TpmChip chip = new TpmChip(
                Bytes.of(area), RSA.certificate(), RSA.attesting().protectedKey(), TpmChip.Role.ATTESTATION);

        assertThat(refusal(examine(group, request("Board-1", chip)))).isInstanceOf(Refusal.TpmKeyUnacceptable.class);
    }

    @Test
    void keys_cut_anywhere_are_refused() {
        TpmChip whole = RSA.attesting();
        for (int length = 0; length < whole.protectedKey().size(); length++) {
            assertThat(refusal(examine(
                            group,
                            request(
                                    "Board-1",
                                    new TpmChip(
                                            whole.endorsementKey(),
                                            whole.certificate(),
                                            cut(whole.protectedKey(), length),
                                            whole.role())))))
                    .isInstanceOf(Refusal.TpmStructureMalformed.class);
        }
        for (int length = 0; length < whole.endorsementKey().size(); length++) {
            assertThat(refusal(examine(
                            group,
                            request(
                                    "Board-1",
                                    new TpmChip(
                                            cut(whole.endorsementKey(), length),
                                            whole.certificate(),
                                            whole.protectedKey(),
                                            whole.role())))))
                    .isInstanceOf(Refusal.TpmStructureMalformed.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65_535})
    void keys_of_the_size_of_nothing_or_of_everything_are_refused(int size) {
        TpmChip sound = RSA.attesting();
        byte[] endorsement = resized(sound.endorsementKey(), size);
        byte[] attestation = resized(sound.protectedKey(), size);
        byte[] storage = resized(RSA.storing().protectedKey(), size);

        assertThat(Stream.of(
                                new TpmChip(
                                        Bytes.of(endorsement), sound.certificate(), sound.protectedKey(), sound.role()),
                                RSA.chip(attestation, TpmChip.Role.ATTESTATION),
                                RSA.chip(storage, TpmChip.Role.STORAGE_ROOT),
                                RSA.chip(Arrays.copyOf(attestation, 2), TpmChip.Role.ATTESTATION),
                                RSA.chip(Arrays.copyOf(attestation, 65_537), TpmChip.Role.ATTESTATION))
                        .map(chip -> refusal(examine(group, request("Board-1", chip)))))
                .allSatisfy(it -> assertThat(it).isInstanceOf(Refusal.TpmStructureMalformed.class));
    }

    @Test
    void a_continuation_cut_anywhere_is_refused() {
        Finding.Challenged challenged = challenge(RSA);
        Bytes secret = RSA.activate(challenged.challenge()).orElseThrow();

        for (int length = 0; length < challenged.continuation().size(); length++) {
            assertThat(refusal(answer(RSA, new TpmActivation(cut(challenged.continuation(), length), secret))))
                    .isEqualTo(new Refusal.ContinuationInvalid());
        }
    }

    @Test
    void the_credential_blob_of_another_attestation_key_is_of_no_use() {
        Board other = new Board(RSA.endorsement(), SoftKey.p256(), RSA.storage(), RSA.operational(), RSA.certificate());
        Finding.Challenged mine = challenge(RSA);
        Finding.Challenged others = challenge(other);

        assertThat(other.activate(mine.challenge())).isEmpty();
        assertThat(RSA.activate(others.challenge())).isEmpty();
        assertThat(refusal(answer(RSA, other.answer(others.challenge(), others.continuation()))))
                .isEqualTo(new Refusal.ContinuationInvalid());
        assertThat(refusal(answer(RSA, other.answer(others.challenge(), mine.continuation()))))
                .isEqualTo(new Refusal.ActivationWrong());
    }

    @Test
    void a_thousand_challenges_that_nobody_answers_are_no_burden_to_the_first() {
        Finding.Challenged first = challenge(RSA);
        for (int i = 1; i < 1_000; i++) {
            challenge(RSA);
        }

        assertThat(answer(RSA, first)).isInstanceOf(Finding.Proved.class);
    }

    @Test
    void of_several_enrollments_the_one_that_made_the_challenge_explains_a_wrong_answer() {
        Finding.Challenged challenged = challenge(RSA);
        TpmActivation wrong = new TpmActivation(challenged.continuation(), Bytes.of(new byte[32]));

        Finding.Disproved mine = (Finding.Disproved) answer(RSA, wrong);
        Finding.Disproved another =
                (Finding.Disproved) examine(enrollment(ACME, "others", group.proof()), answering(RSA, wrong));

        assertThat(mine.progress()).isGreaterThan(another.progress());
    }

    private Finding.Challenged challenge(Board board) {
        return challenged(examine(group, request("Board-1", board.attesting())));
    }

    private Finding answer(Board board, Finding.Challenged challenged) {
        return examine(group, answering("Board-1", board, challenged));
    }

    private Finding answer(Board board, TpmActivation activation) {
        return examine(group, answering(board, activation));
    }

    private static EnrollmentRequest answering(Board board, TpmActivation activation) {
        return request("Board-1", board.attesting(), activation);
    }

    private static EnrollmentRequest answering(String id, Board board, Finding.Challenged challenged) {
        return request(id, board.attesting(), board.answer(challenged.challenge(), challenged.continuation()));
    }

    private Finding examine(Enrollment candidate, EnrollmentRequest request) {
        return attestor.examine(candidate, request, NOW);
    }

    private static Bytes cut(Bytes whole, int length) {
        return Bytes.of(Arrays.copyOf(whole.toArray(), length));
    }

    private static byte[] resized(Bytes tpm2b, int size) {
        byte[] octets = tpm2b.toArray();
        octets[0] = (byte) (size >> 8);
        octets[1] = (byte) size;
        return octets;
    }

    private static Bytes spki(Board board) {
        return Bytes.of(board.endorsement().keys().getPublic().getEncoded());
    }
}
