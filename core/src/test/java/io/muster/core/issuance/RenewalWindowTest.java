package io.muster.core.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Bytes;
import io.muster.core.device.Credential;
import io.muster.core.device.Serial;
import io.muster.core.roster.CertificateProfile;
import io.muster.core.roster.CertificateTerms;
import io.muster.core.testkit.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RenewalWindowTest {

    private static final Duration LIFE = Duration.ofDays(360);

    @Test
    void a_fleet_that_enrolled_in_one_moment_comes_back_over_a_sixth_of_its_life() {
        Random random = new Random(11);
        List<Long> days = IntStream.range(0, 2_000)
                .mapToObj(i -> credential(random))
                .map(it -> RenewalWindow.opens(it, CertificateTerms.standard()))
                .map(opens -> Duration.between(Sample.NOW, opens).toDays())
                .toList();
        assertThat(days).allSatisfy(day -> assertThat(day).isBetween(180L, 240L));
        for (int from = 180; from < 240; from += 10) {
            int begin = from;
            assertThat(days.stream().filter(day -> day >= begin && day < begin + 10))
                    .as("days %d to %d", begin, begin + 10)
                    .hasSizeBetween(250, 420);
        }
    }

    @Test
    void the_terms_can_name_the_moment() {
        CertificateTerms terms = new CertificateTerms(
                CertificateProfile.STANDARD, Optional.of(Duration.ofDays(3)), Duration.ZERO, true, false);
        assertThat(RenewalWindow.opens(credential(new Random(1)), terms))
                .isEqualTo(Sample.NOW.plus(Duration.ofDays(3)));
    }

    private static Credential credential(Random random) {
        byte[] octets = new byte[Serial.SIZE];
        random.nextBytes(octets);
        octets[0] = Serial.MARK;
        Instant end = Sample.NOW.plus(LIFE);
        return new Credential(
                new Serial(Bytes.of(octets)),
                Sample.key("op"),
                Sample.key("k1"),
                "cn=pump-1",
                Sample.NOW,
                end,
                "ab",
                0,
                Credential.State.CURRENT);
    }
}
