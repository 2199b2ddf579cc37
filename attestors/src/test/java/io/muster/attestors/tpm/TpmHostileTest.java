package io.muster.attestors.tpm;

import static io.muster.attestors.tpm.Requests.NOW;
import static io.muster.attestors.tpm.Requests.asking;
import static io.muster.attestors.tpm.Requests.challenged;
import static io.muster.attestors.tpm.Requests.enrollment;
import static io.muster.attestors.tpm.Requests.manufacturers;
import static io.muster.attestors.tpm.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.attestors.tpm.credential.Primitives;
import io.muster.attestors.tpm.testkit.Board;
import io.muster.attestors.tpm.testkit.SealedContinuations;
import io.muster.attestors.tpm.testkit.SoftKey;
import io.muster.core.attestation.Attestor.Finding;
import io.muster.core.device.Bytes;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.Challenge;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence.SharedAccessSignature;
import io.muster.core.door.Evidence.TpmActivation;
import io.muster.core.door.Evidence.TpmCertifiedKey;
import io.muster.core.door.Evidence.TpmChip;
import io.muster.core.roster.Enrollment;
import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.path.ChainValidator;
import io.muster.x509.testkit.TestAuthority;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Evidence with bytes changed, cut off and doubled: nothing throws, and nothing but the sound evidence proves.
class TpmHostileTest {

    private static final int TRIES = Boolean.getBoolean("muster.test.full") ? 20_000 : 300;
    private static final TestAuthority MAKER = TestAuthority.root("Maker");
    private static final Board BOARD = Board.by(MAKER, SoftKey.rsa());

    private final Random random = new Random(4);
    private final TpmAttestor attestor = new TpmAttestor(
            new SealedContinuations(), new ChainValidator(SignatureEngine.choose()), Primitives.ofPlatform());
    private final Enrollment group = enrollment(manufacturers(MAKER.certificate()));

    @Test
    void changed_evidence_is_refused_or_challenged_and_never_a_fault() throws Exception {
        TpmChip chip = BOARD.attesting();
        Finding.Challenged challenged = challenged(examine(request("Board-1", chip)));
        TpmActivation answer = BOARD.answer(challenged.challenge(), challenged.continuation());
        TpmCertifiedKey key = BOARD.certify(BOARD.operational(), ((Challenge.Activate) challenged.challenge()).nonce());
        for (int i = 0; i < TRIES; i++) {
            int target = random.nextInt(8);
            TpmChip shown = new TpmChip(
                    changed(chip.endorsementKey(), target == 0),
                    Optional.of(changed(chip.certificate().orElseThrow(), target == 1)),
                    changed(chip.protectedKey(), target == 2),
                    random.nextInt(8) == 0 ? TpmChip.Role.STORAGE_ROOT : TpmChip.Role.ATTESTATION);
            EnrollmentRequest request = request(
                    "Board-1",
                    shown,
                    new TpmActivation(
                            changed(answer.continuation(), target == 3), changed(answer.secret(), target == 4)),
                    new TpmCertifiedKey(
                            changed(key.publicArea(), target == 5),
                            changed(key.attestation(), target == 6),
                            changed(key.signature(), target == 7)));
            assertThat(examine(asking(request, BOARD.operational(), Purpose.ENROLL)))
                    .as("try %d, part %d", i, target)
                    .isInstanceOf(Finding.Disproved.class);
        }
    }

    @Test
    void changed_storage_keys_and_tokens_are_refused_or_challenged_and_never_a_fault() {
        TpmChip chip = BOARD.storing();
        String token = "sr=acme%2fregistrations%2fboard-1&sig=" + "A".repeat(43) + "%3d&se=1780315200&skn=";
        for (int i = 0; i < TRIES; i++) {
            TpmChip shown = new TpmChip(
                    chip.endorsementKey(), chip.certificate(), changed(chip.protectedKey(), i % 2 == 0), chip.role());
            byte[] text = changed(Bytes.of(token.getBytes(StandardCharsets.ISO_8859_1)), true)
                    .toArray();
            String changed = new String(text, StandardCharsets.ISO_8859_1);

            assertThat(examine(request(
                            "Board-1", shown, new SharedAccessSignature(changed, "acme/registrations/Board-1"))))
                    .as("try %d", i)
                    .isInstanceOf(Finding.Disproved.class);
            assertThat(examine(request("Board-1", shown)))
                    .isInstanceOfAny(Finding.Disproved.class, Finding.Challenged.class);
        }
    }

    private Finding examine(EnrollmentRequest request) {
        return attestor.examine(group, request, NOW);
    }

    /// Always another value than the sound one.
    private Bytes changed(Bytes sound, boolean isTarget) {
        if (!isTarget) {
            return sound;
        }
        byte[] octets = sound.toArray();
        return Bytes.of(
                switch (random.nextInt(4)) {
                    case 0 -> Arrays.copyOf(octets, random.nextInt(octets.length));
                    case 1 -> {
                        byte[] longer = Arrays.copyOf(octets, octets.length + 1 + random.nextInt(2_000));
                        longer[octets.length] = 0x55;
                        yield longer;
                    }
                    default -> {
                        int at = random.nextInt(octets.length);
                        octets[at] ^= (byte) (1 + random.nextInt(255));
                        yield octets;
                    }
                });
    }
}
