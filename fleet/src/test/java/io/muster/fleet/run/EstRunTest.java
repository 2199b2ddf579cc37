package io.muster.fleet.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Keysmith;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.TokenDevice;
import io.muster.fleet.device.X509Device;
import io.muster.fleet.dps.PretendDps.Answer;
import io.muster.fleet.dps.PretendDps.Seen;
import io.muster.fleet.est.Applicant;
import io.muster.fleet.est.Certification;
import io.muster.fleet.est.Issuance;
import io.muster.fleet.est.PretendAuthority;
import io.muster.fleet.est.PretendEst;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EstRunTest {

    private static final Patience PATIENCE = Patience.once().within(Duration.ofSeconds(20));
    private static final Keysmith KEYSMITH = new Keysmith();

    @Test
    void a_fleet_enrolls_by_token_and_by_certificate_and_then_renews() throws Exception {
        List<Applicant> fleet = new ArrayList<>();
        names("gate").forEach(name -> fleet.add(Applicant.enrolling(new TokenDevice(name, "t"), KEYSMITH)));
        Maker.found("Acme").makeAll(names("pump")).forEach(pump -> fleet.add(Applicant.enrolling(pump, KEYSMITH)));
        Queue<Certification> ends = new ConcurrentLinkedQueue<>();
        try (PretendEst server = new PretendEst(EstRunTest::answer)) {
            EstRun run = new EstRun(server.target(), new Pace.AsFastAsServed(8), PATIENCE);
            FleetSummary first = run.enroll(fleet, ends::add);
            FleetSummary second = run.renew(renewals(ends), _ -> {});

            assertThat(first.devices()).isEqualTo(40);
            assertThat(first.enrolled()).isEqualTo(38);
            assertThat(first.refused()).isEqualTo(1);
            assertThat(first.lost()).isEqualTo(1);
            assertThat(first.duplicates()).isZero();
            assertThat(first.p50Millis()).isPositive();
            assertThat(first.reasons()).containsEntry("refused: 403", 1L);
            assertThat(second.reenrolled()).isEqualTo(38);
            assertThat(second.enrolled()).isZero();
            assertThat(second.devices()).isEqualTo(38);
        }
    }

    @Test
    void a_serial_number_that_two_devices_got_is_a_duplicate() throws Exception {
        List<Applicant> fleet = names("gate").stream()
                .map(name -> Applicant.enrolling(new TokenDevice(name, "t"), KEYSMITH))
                .toList();
        try (PretendEst server = new PretendEst((request, _) -> PretendEst.certify(request, new PretendAuthority()))) {
            FleetSummary summary =
                    new EstRun(server.target(), new Pace.AsFastAsServed(4), PATIENCE).enroll(fleet, _ -> {});

            assertThat(summary.enrolled()).isEqualTo(20);
            assertThat(summary.duplicates()).isEqualTo(19);
        }
    }

    private static List<Applicant> renewals(Queue<Certification> ends) {
        List<Applicant> renewals = new ArrayList<>();
        for (Certification end : ends) {
            if (end.issuance() instanceof Issuance.Issued(X509Device operational)) {
                renewals.add(Applicant.renewing(operational, KEYSMITH));
            }
        }
        return renewals;
    }

    private static Answer answer(Seen request, PretendAuthority authority) throws Exception {
        return switch (PretendAuthority.parse(request.body()).getSubject().toString()) {
            case "CN=gate-7" -> PretendEst.refusal(403, "no");
            case "CN=pump-7" -> Answer.hangUp();
            default -> PretendEst.certify(request, authority);
        };
    }

    private static List<String> names(String prefix) {
        return IntStream.range(0, 20).mapToObj(i -> prefix + "-" + i).toList();
    }
}
