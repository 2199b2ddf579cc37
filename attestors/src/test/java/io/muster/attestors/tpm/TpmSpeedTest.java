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
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.Challenge;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.roster.Enrollment;
import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.path.ChainValidator;
import io.muster.x509.testkit.TestAuthority;
import io.muster.x509.testkit.TestKeys;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How much processor time a TPM costs, from the challenge to the proof, with an RSA-2048 endorsement key, a maker
/// with an RSA-2048 key, and a key of the request that is certified along.
@EnabledIfSystemProperty(named = "muster.test.full", matches = "true")
class TpmSpeedTest {

    private static final Logger LOG = LoggerFactory.getLogger(TpmSpeedTest.class);
    private static final int BOARDS = 20;
    private static final int ROUNDS = 60;

    private final TestAuthority maker = TestAuthority.root("Maker", TestKeys.rsa(2048), spec -> spec);
    private final Enrollment group = enrollment(manufacturers(maker.certificate()));
    private final List<EnrollmentRequest> first = new ArrayList<>();
    private final List<EnrollmentRequest> second = new ArrayList<>();
    private TpmAttestor attestor;

    @BeforeEach
    void boards() throws Exception {
        SignatureEngine engine = SignatureEngine.choose();
        attestor = new TpmAttestor(
                new SealedContinuations(),
                new ChainValidator(engine),
                engine.provider().map(Primitives::of).orElseGet(Primitives::ofPlatform));
        for (int i = 0; i < BOARDS; i++) {
            Board board = Board.by(maker, SoftKey.rsa());
            EnrollmentRequest request = request("Board-" + i, board.attesting());
            Finding.Challenged challenged = challenged(attestor.examine(group, request, NOW));
            Challenge.Activate challenge = (Challenge.Activate) challenged.challenge();
            first.add(request);
            second.add(asking(
                    request(
                            "Board-" + i,
                            board.attesting(),
                            board.answer(challenge, challenged.continuation()),
                            board.certify(board.operational(), challenge.nonce())),
                    board.operational(),
                    Purpose.ENROLL));
        }
    }

    @Test
    void a_challenge_and_its_answer_cost_at_most_600_microseconds() {
        double challenge = microseconds(first, it -> assertThat(it).isInstanceOf(Finding.Challenged.class));
        double answer = microseconds(second, it -> assertThat(it).isInstanceOf(Finding.Proved.class));

        LOG.info("a challenge costs {} µs, an answer {} µs", Math.round(challenge), Math.round(answer));
        assertThat(challenge + answer).isLessThan(600);
    }

    private double microseconds(List<EnrollmentRequest> requests, Consumer<Finding> check) {
        return Stream.generate(() -> round(requests, check))
                .limit(ROUNDS)
                .min(Double::compare)
                .orElseThrow();
    }

    private double round(List<EnrollmentRequest> requests, Consumer<Finding> check) {
        var threads = ManagementFactory.getThreadMXBean();
        List<Finding> findings = new ArrayList<>();
        long start = threads.getCurrentThreadCpuTime();
        for (EnrollmentRequest request : requests) {
            findings.add(attestor.examine(group, request, NOW));
        }
        long spent = threads.getCurrentThreadCpuTime() - start;
        findings.forEach(check);
        return spent / 1_000.0 / requests.size();
    }
}
