package io.muster.fleet.floor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.fleet.channel.Judgment;
import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Keysmith;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.muster.fleet.dps.Ending;
import io.muster.fleet.dps.Target;
import io.muster.fleet.est.Applicant;
import io.muster.fleet.est.EstTarget;
import io.muster.fleet.run.EstRun;
import io.muster.fleet.run.FleetRun;
import io.muster.fleet.run.FleetSummary;
import io.muster.fleet.run.Pace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
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

    @ParameterizedTest
    @EnumSource(Intermediates.class)
    void devices_of_the_maker_get_a_certificate_where_that_is_the_duty(Intermediates intermediates) throws Exception {
        FleetSummary summary = certify(intermediates, devices.makeAll(List.of("a", "b", "c")), devices);

        assertThat(summary.enrolled()).as(summary.reasons().toString()).isEqualTo(3);
        assertThat(summary.duplicates()).isZero();
    }

    @Test
    void a_stranger_gets_no_certificate() throws Exception {
        Maker strangers = Maker.found("Acme");
        FleetSummary summary = certify(Intermediates.CACHED, strangers.makeAll(List.of("rogue")), devices);

        assertThat(summary.enrolled()).isZero();
    }

    @Test
    void a_request_that_its_key_did_not_sign_is_not_certified() throws Exception {
        Issuer issuer = new Issuer();
        byte[] request = new Keysmith().request("a").der();
        assertThat(issuer.certify(request)).isNotEmpty();

        request[request.length - 1] ^= 1;
        assertThatThrownBy(() -> issuer.certify(request)).isInstanceOf(GeneralSecurityException.class);
    }

    private FleetSummary certify(Intermediates intermediates, List<X509Device> fleet, Maker known) throws Exception {
        furnish(known);
        Keysmith keysmith = new Keysmith();
        List<Applicant> applicants = fleet.stream()
                .map(device -> new Applicant(device, keysmith.request(device.registrationId())))
                .toList();
        try (FloorServer _ = FloorServer.start(folder, intermediates, Duty.CERTIFICATE)) {
            URI base = URI.create("https://127.0.0.1:" + Files.readString(folder.resolve(FloorServer.PORT)));
            return new EstRun(
                            new EstTarget(base, authority.rootPem(), ""),
                            new Pace.AsFastAsServed(2),
                            Patience.once().within(Duration.ofSeconds(20)))
                    .enroll(applicants, _ -> {});
        }
    }

    private FleetSummary serve(Intermediates intermediates, List<X509Device> fleet) throws Exception {
        furnish(devices);
        try (FloorServer _ = FloorServer.start(folder, intermediates, Duty.EMPTY_ANSWER)) {
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

    private void furnish(Maker known) throws IOException {
        X509Device identity = authority.makeLocalServer();
        Files.writeString(folder.resolve(FloorServer.CHAIN), identity.chainPem());
        Files.writeString(folder.resolve(FloorServer.KEY), identity.privateKeyPem());
        Files.writeString(folder.resolve(FloorServer.ROOT), known.rootPem());
    }
}
