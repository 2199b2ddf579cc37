package io.muster.attestors.tpm;

import static io.muster.attestors.tpm.Requests.NOW;
import static io.muster.attestors.tpm.Requests.asking;
import static io.muster.attestors.tpm.Requests.challenged;
import static io.muster.attestors.tpm.Requests.enrollment;
import static io.muster.attestors.tpm.Requests.manufacturers;
import static io.muster.attestors.tpm.Requests.proved;
import static io.muster.attestors.tpm.Requests.refusal;
import static io.muster.attestors.tpm.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.attestors.tpm.credential.Primitives;
import io.muster.attestors.tpm.structure.Marshal;
import io.muster.attestors.tpm.testkit.Board;
import io.muster.attestors.tpm.testkit.Readings;
import io.muster.attestors.tpm.testkit.SealedContinuations;
import io.muster.attestors.tpm.testkit.SoftKey;
import io.muster.core.attestation.Attestor.Finding;
import io.muster.core.attestation.Hardware;
import io.muster.core.device.Bytes;
import io.muster.core.device.IdentityKey;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.Challenge;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence.TpmActivation;
import io.muster.core.door.Evidence.TpmCertifiedKey;
import io.muster.core.door.Refusal;
import io.muster.core.roster.Enrollment;
import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.path.ChainValidator;
import io.muster.x509.testkit.TestAuthority;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The key of a certificate request, and the attestation key's word that it lives in the same chip.
class TpmCertifiedKeyTest {

    private static final long GENERATED = 0xff544347L;
    private static final int CERTIFY = 0x8017;
    private static final int QUOTE = 0x8018;
    private static final TestAuthority MAKER = TestAuthority.root("Maker");
    private static final Board BOARD = Board.by(MAKER, SoftKey.rsa());
    private static final SoftKey KEY = BOARD.operational();
    private static final SoftKey OTHER = SoftKey.p256();

    private final TpmAttestor attestor = new TpmAttestor(
            new SealedContinuations(), new ChainValidator(SignatureEngine.choose()), Primitives.ofPlatform());
    private final Enrollment group = enrollment(manufacturers(MAKER.certificate()));
    private final Finding.Challenged challenged = challenge();
    private final Bytes nonce = nonce(challenged);

    @Test
    void a_key_of_the_request_that_the_attestation_key_certifies_is_resident() throws Exception {
        Finding.Proved proved = proved(shown(BOARD.certify(KEY, nonce), KEY));

        assertThat(proved.hardware().residentKey())
                .contains(IdentityKey.ofPublicKey(KEY.keys().getPublic().getEncoded()));
        assertThat(proved.checks().getLast().code()).isEqualTo("key_certified");
    }

    @Test
    void a_key_that_nothing_certifies_is_not_resident_and_no_crime() {
        EnrollmentRequest plain = request("Board-1", BOARD.attesting(), activation());

        assertThat(proved(examine(asking(plain, KEY, Purpose.ENROLL))).hardware())
                .isEqualTo(Hardware.NONE);
    }

    @Test
    void a_key_that_the_server_makes_lives_in_no_chip() throws Exception {
        EnrollmentRequest made = asking(
                request("Board-1", BOARD.attesting(), activation(), BOARD.certify(KEY, nonce)),
                KEY,
                Purpose.GENERATE_KEY);

        assertThat(proved(examine(made)).hardware()).isEqualTo(Hardware.NONE);
    }

    @Test
    void a_certification_of_another_key_than_the_requested_one_is_refused() throws Exception {
        assertThat(why(BOARD.certify(OTHER, nonce), KEY)).contains("not the key of the certificate request");
        assertThat(why(BOARD.certify(KEY, nonce), OTHER)).contains("not the key of the certificate request");
    }

    @Test
    void the_certification_of_another_key_beside_the_requested_ones_public_part_is_refused() throws Exception {
        TpmCertifiedKey ofOther = BOARD.certify(OTHER, nonce);

        assertThat(why(new TpmCertifiedKey(area(KEY), ofOther.attestation(), ofOther.signature()), KEY))
                .contains("another key");
    }

    @Test
    void a_certification_over_the_nonce_of_another_challenge_is_refused() throws Exception {
        assertThat(why(BOARD.certify(KEY, nonce(challenge())), KEY)).contains("nonce");
    }

    @Test
    void a_certification_by_another_boards_attestation_key_is_refused() throws Exception {
        Board other = Board.by(MAKER, SoftKey.p256());

        assertThat(why(other.certify(KEY, nonce), KEY)).contains("sign");
    }

    @Test
    void what_no_tpm_wrote_is_refused_though_the_attestation_key_signed_it() throws Exception {
        assertThat(why(attested(0xff544348L, CERTIFY), KEY)).contains("ff544348");
    }

    @Test
    void a_quote_in_place_of_a_certification_is_refused() throws Exception {
        assertThat(why(attested(GENERATED, QUOTE), KEY)).contains("8018");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65_535})
    void structures_of_the_size_of_nothing_or_of_everything_are_refused(int size) throws Exception {
        TpmCertifiedKey sound = BOARD.certify(KEY, nonce);
        int atSignature = 4;

        why(new TpmCertifiedKey(resized(sound.publicArea(), 0, size), sound.attestation(), sound.signature()), KEY);
        why(new TpmCertifiedKey(sound.publicArea(), resized(sound.attestation(), 0, size), sound.signature()), KEY);
        why(
                new TpmCertifiedKey(
                        sound.publicArea(), sound.attestation(), resized(sound.signature(), atSignature, size)),
                KEY);
    }

    @Test
    void structures_cut_anywhere_are_refused() throws Exception {
        TpmCertifiedKey sound = BOARD.certify(KEY, nonce);

        for (int length = 0; length < sound.publicArea().size(); length++) {
            why(new TpmCertifiedKey(cut(sound.publicArea(), length), sound.attestation(), sound.signature()), KEY);
        }
        for (int length = 0; length < sound.attestation().size(); length++) {
            why(new TpmCertifiedKey(sound.publicArea(), cut(sound.attestation(), length), sound.signature()), KEY);
        }
        for (int length = 0; length < sound.signature().size(); length++) {
            why(new TpmCertifiedKey(sound.publicArea(), sound.attestation(), cut(sound.signature(), length)), KEY);
        }
    }

    private String why(TpmCertifiedKey certified, SoftKey requested) {
        Refusal refusal = refusal(shown(certified, requested));
        assertThat(refusal).isInstanceOf(Refusal.CertifiedKeyWrong.class);
        return ((Refusal.CertifiedKeyWrong) refusal).why();
    }

    private Finding shown(TpmCertifiedKey certified, SoftKey requested) {
        EnrollmentRequest request = request("Board-1", BOARD.attesting(), activation(), certified);
        return examine(asking(request, requested, Purpose.ENROLL));
    }

    private TpmCertifiedKey attested(long magic, int type) throws Exception {
        byte[] attest = SoftKey.attestation(
                magic,
                type,
                nonce.toArray(),
                Readings.area(area(KEY).toArray()).name().toArray());
        return new TpmCertifiedKey(
                area(KEY),
                Bytes.of(new Marshal().sized(attest).octets()),
                Bytes.of(BOARD.attestation().sign(attest)));
    }

    private static Bytes area(SoftKey key) {
        return Bytes.of(key.area(SoftKey.SIGNING, new byte[0]));
    }

    private TpmActivation activation() {
        return BOARD.answer(challenged.challenge(), challenged.continuation());
    }

    private Finding.Challenged challenge() {
        return challenged(examine(request("Board-1", BOARD.attesting())));
    }

    private static Bytes nonce(Finding.Challenged challenged) {
        return ((Challenge.Activate) challenged.challenge()).nonce();
    }

    private Finding examine(EnrollmentRequest request) {
        return attestor.examine(group, request, NOW);
    }

    private static Bytes cut(Bytes whole, int length) {
        return Bytes.of(Arrays.copyOf(whole.toArray(), length));
    }

    private static Bytes resized(Bytes whole, int at, int size) {
        byte[] octets = whole.toArray();
        octets[at] = (byte) (size >> 8);
        octets[at + 1] = (byte) size;
        return Bytes.of(octets);
    }
}
