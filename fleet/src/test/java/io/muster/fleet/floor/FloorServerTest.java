package io.muster.fleet.floor;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.fleet.channel.Judgment;
import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.muster.fleet.dps.Ending;
import io.muster.fleet.dps.Target;
import io.muster.fleet.run.FleetRun;
import io.muster.fleet.run.FleetSummary;
import io.muster.fleet.run.Pace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FloorServerTest {

    private final Maker authority = Maker.found("Floor");
    private final Maker devices = Maker.found("Acme");

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource(Intermediates.class)
    void devices_of_the_maker_get_an_empty_answer(Intermediates intermediates) throws Exception {
        FleetSummary summary = serve(intermediates, devices.makeAll(List.of("a", "b", "c")));

        assertThat(summary.enrolled()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(Intermediates.class)
    void a_stranger_is_turned_away_in_the_handshake(Intermediates intermediates) throws Exception {
        FleetSummary summary = serve(intermediates, Maker.found("Acme").makeAll(List.of("rogue")));

        assertThat(summary.enrolled()).isZero();
        assertThat(summary.lost()).isEqualTo(1);
    }

    private FleetSummary serve(Intermediates intermediates, List<X509Device> fleet) throws Exception {
        furnish();
        try (FloorServer _ = FloorServer.start(folder, intermediates)) {
            URI base = URI.create("https://127.0.0.1:" + Files.readString(folder.resolve(FloorServer.PORT)));
            return new FleetRun(
                            new Target(base, authority.rootPem(), "floor"),
                            new Pace.AsFastAsServed(2),
                            Patience.once().within(Duration.ofSeconds(20)),
                            (device, reply) -> new Judgment.Final<>(
                                    reply.status() == 200 && reply.body().isEmpty()
                                            ? new Ending.Enrolled(device.registrationId(), "floor")
                                            : new Ending.Lost("not empty")))
                    .run(fleet, _ -> {});
        }
    }

    private void furnish() throws IOException {
        X509Device identity = authority.makeLocalServer();
        Files.writeString(folder.resolve(FloorServer.CHAIN), identity.chainPem());
        Files.writeString(folder.resolve(FloorServer.KEY), identity.privateKeyPem());
        Files.writeString(folder.resolve(FloorServer.ROOT), devices.rootPem());
    }
}
