package io.muster.fleet.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.fleet.aws.AwsTarget;
import io.muster.fleet.aws.Format;
import io.muster.fleet.aws.Newcomer;
import io.muster.fleet.aws.PretendAws;
import io.muster.fleet.aws.Provisioning;
import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Keysmith;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.muster.fleet.mqtt.PretendBroker;
import io.muster.fleet.mqtt.PretendBroker.Reaction;
import io.muster.fleet.mqtt.PretendBroker.Script;
import io.muster.fleet.mqtt.PretendBroker.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AwsRunTest {

    private static final Patience PATIENCE = Patience.once().within(Duration.ofSeconds(20));
    private static final X509Device CLAIM = Maker.found("Acme").make("line-1");

    private final PretendAws aws = new PretendAws();
    private final List<Newcomer> fleet = fleet();

    @Test
    void a_fleet_becomes_things_and_the_sums_add_up() throws Exception {
        Script script = seen -> {
            String guest = seen.guest().clientId();
            if (seen.is("PUBLISH") && guest.equals("pump-7")) {
                return List.of(new Reaction.Usual(), rejection(seen));
            }
            return guest.equals("pump-8") ? PretendBroker.hangUp() : aws.reactTo(seen);
        };
        Set<Provisioning> witnessed = ConcurrentHashMap.newKeySet();
        try (PretendBroker broker = new PretendBroker(script)) {
            FleetSummary summary = run(broker).run(fleet, witnessed::add);

            assertThat(summary.devices()).isEqualTo(20);
            assertThat(summary.enrolled()).isEqualTo(18);
            assertThat(summary.reenrolled()).isZero();
            assertThat(summary.refused()).isEqualTo(1);
            assertThat(summary.lost()).isEqualTo(1);
            assertThat(summary.duplicates()).isZero();
            assertThat(summary.p50Millis()).isPositive();
            assertThat(summary.hubs()).isEmpty();
            assertThat(summary.reasons())
                    .isEqualTo(Map.of("refused: 403 AccessDenied", 1L, "lost: closed without an answer", 1L));
            assertThat(witnessed).hasSize(20);
        }
    }

    @Test
    void a_device_that_comes_again_is_no_duplicate_though_it_gets_another_certificate() throws Exception {
        List<Newcomer> twice = new ArrayList<>(fleet);
        twice.addAll(fleet);
        try (PretendBroker broker = new PretendBroker(aws)) {
            FleetSummary summary = run(broker).run(twice, _ -> {});

            assertThat(summary.enrolled()).isEqualTo(40);
            assertThat(summary.duplicates()).isZero();
        }
    }

    @Test
    void a_name_that_two_devices_got_is_a_duplicate() throws Exception {
        Script script = answering(Map.of("thingName", "thing-1"));
        try (PretendBroker broker = new PretendBroker(script)) {
            assertThat(run(broker).run(fleet, _ -> {}).duplicates()).isEqualTo(19);
        }
    }

    @Test
    void a_certificate_number_that_two_devices_got_is_a_duplicate() throws Exception {
        Script script =
                seen -> seen.topic().contains("create-from-csr") ? new PretendAws().reactTo(seen) : aws.reactTo(seen);
        try (PretendBroker broker = new PretendBroker(script)) {
            assertThat(run(broker).run(fleet, _ -> {}).duplicates()).isEqualTo(19);
        }
    }

    private Script answering(Map<String, ?> registration) {
        return seen -> seen.is("PUBLISH") && seen.topic().contains("/provision/")
                ? List.of(new Reaction.Usual(), aws.accept(seen, registration))
                : aws.reactTo(seen);
    }

    private Reaction rejection(Seen seen) throws Exception {
        return aws.reject(seen, Map.of("statusCode", 403, "errorCode", "AccessDenied", "errorMessage", "no"));
    }

    private static AwsRun run(PretendBroker broker) {
        AwsTarget target = new AwsTarget(
                broker.address(), broker.anchorPem(), "things", Format.JSON, Optional.of("t/{thing}/telemetry"));
        return new AwsRun(target, new Pace.AsFastAsServed(8), PATIENCE);
    }

    private static List<Newcomer> fleet() {
        List<String> names = IntStream.range(0, 20).mapToObj(i -> "pump-" + i).toList();
        return new Keysmith()
                .requests(names).stream()
                        .map(request -> Newcomer.withKey(CLAIM, request))
                        .toList();
    }
}
