package io.muster.fleet.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Device;
import io.muster.fleet.device.GroupKey;
import io.muster.fleet.device.Maker;
import io.muster.fleet.dps.DpsJudge;
import io.muster.fleet.dps.PretendDps;
import io.muster.fleet.dps.PretendDps.Answer;
import io.muster.fleet.dps.Registration;
import io.muster.fleet.dps.Target;
import io.muster.fleet.mqtt.PretendBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FleetRunTest {

    private static final Patience PATIENCE = Patience.once().within(Duration.ofSeconds(20));

    @Test
    void a_mixed_fleet_arrives_and_the_sums_add_up() throws Exception {
        List<Device> fleet = new ArrayList<>(Maker.found("Acme").makeAll(names("pump", 40)));
        GroupKey meters = GroupKey.fromBase64("c2VjcmV0LWdyb3VwLWtleQ==");
        names("meter", 40).forEach(name -> fleet.add(meters.make(name)));
        Set<Registration> witnessed = ConcurrentHashMap.newKeySet();
        try (PretendDps server = new PretendDps(FleetRunTest::answer)) {
            FleetSummary summary = new FleetRun(server.target(), new Pace.AsFastAsServed(8), PATIENCE, new DpsJudge())
                    .run(fleet, witnessed::add);

            assertThat(summary.devices()).isEqualTo(80);
            assertThat(summary.enrolled()).isEqualTo(78);
            assertThat(summary.refused()).isEqualTo(1);
            assertThat(summary.lost()).isEqualTo(1);
            assertThat(summary.duplicates()).isZero();
            assertThat(summary.p50Millis()).isPositive();
            assertThat(summary.perSecond()).isPositive();
            assertThat(witnessed).hasSize(80);
        }
    }

    @Test
    void every_device_brings_its_own_certificate() throws Exception {
        try (PretendDps server = new PretendDps(FleetRunTest::answer)) {
            new FleetRun(server.target(), new Pace.AsFastAsServed(8), PATIENCE, new DpsJudge())
                    .run(Maker.found("Acme").makeAll(names("valve", 50)), _ -> {});

            Set<Object> shown = new HashSet<>();
            server.seen().forEach(request -> shown.add(request.shown().getFirst()));
            assertThat(shown).hasSize(50);
        }
    }

    @Test
    void a_mixed_fleet_may_arrive_over_mqtt() throws Exception {
        List<Device> fleet = new ArrayList<>(Maker.found("Acme").makeAll(names("pump", 20)));
        GroupKey meters = GroupKey.fromBase64("c2VjcmV0LWdyb3VwLWtleQ==");
        names("meter", 20).forEach(name -> fleet.add(meters.make(name)));
        try (PretendBroker broker = new PretendBroker(FleetRunTest::answer)) {
            Target target = new Target(broker.address(), broker.anchorPem(), "acme");
            FleetSummary summary =
                    new FleetRun(target, new Pace.AsFastAsServed(8), PATIENCE, new DpsJudge()).run(fleet, _ -> {});

            assertThat(summary.devices()).isEqualTo(40);
            assertThat(summary.enrolled()).isEqualTo(38);
            assertThat(summary.refused()).isEqualTo(1);
            assertThat(summary.lost()).isEqualTo(1);
            assertThat(summary.duplicates()).isZero();
        }
    }

    @Test
    void arrivals_at_a_rate_take_their_time() throws Exception {
        try (PretendDps server = new PretendDps(FleetRunTest::answer)) {
            FleetSummary summary = new FleetRun(server.target(), new Pace.AtRate(40, 100), PATIENCE, new DpsJudge())
                    .run(Maker.found("Acme").makeAll(names("valve", 41)), _ -> {});

            assertThat(summary.enrolled()).isEqualTo(41);
            assertThat(summary.seconds())
                    .as("the last one is due after a second")
                    .isGreaterThanOrEqualTo(1.0);
        }
    }

    @Test
    void waiting_for_a_slow_server_counts_as_latency_at_a_fixed_rate() throws Exception {
        try (PretendDps server = new PretendDps(_ -> Answer.hangUp())) {
            Pace oneAtATime = new Pace.AtRate(1_000_000, 1);
            List<Registration> ends = Collections.synchronizedList(new ArrayList<>());
            new FleetRun(server.target(), oneAtATime, PATIENCE, new DpsJudge())
                    .run(Maker.found("Acme").makeAll(names("valve", 20)), ends::add);

            assertThat(ends.getLast().latency())
                    .as("all were due at once and came one by one")
                    .isGreaterThan(ends.getFirst().latency());
        }
    }

    @Test
    void a_pace_that_lets_nobody_in_is_refused() {
        assertThatThrownBy(() -> new Pace.AsFastAsServed(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pace.AtRate(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pace.AtRate(Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Answer answer(PretendDps.Seen request) {
        String id = PretendDps.idIn(request);
        return switch (id) {
            case "pump-7" -> Answer.json(401, "{\"errorCode\":401002}");
            case "meter-7" -> Answer.json(200, PretendDps.assigned("meter-8"));
            default -> Answer.json(200, PretendDps.assigned(id));
        };
    }

    private static List<PretendBroker.Reaction> answer(PretendBroker.Seen seen) {
        String id = seen.guest().clientId();
        if (seen.is("CONNECT") && id.equals("pump-7")) {
            return PretendBroker.code(5);
        }
        return seen.is("PUBLISH")
                ? List.of(PretendBroker.say(
                        "$dps/registrations/res/200/?$rid=1",
                        PretendDps.assigned(id.equals("meter-7") ? "meter-8" : id)))
                : PretendBroker.usual();
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + "-" + i).toList();
    }
}
