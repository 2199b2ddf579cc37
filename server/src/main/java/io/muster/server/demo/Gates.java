package io.muster.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Keysmith;
import io.muster.fleet.device.TokenDevice;
import io.muster.fleet.device.X509Device;
import io.muster.fleet.est.Applicant;
import io.muster.fleet.est.Certification;
import io.muster.fleet.est.EstTarget;
import io.muster.fleet.est.Issuance;
import io.muster.fleet.hub.Assigned;
import io.muster.fleet.run.EstRun;
import io.muster.fleet.run.FleetSummary;
import io.muster.fleet.run.Pace;
import io.muster.server.house.House;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// The demo's third group: each gate gets a certificate by a one-time token, over EST, and renews it.
final class Gates {

    /// More would only make the demo wait for the operator, who makes the tokens one by one.
    static final int MOST = 200;

    private static final String ENROLLMENT = "gates";
    private static final int AT_ONCE = 16;

    private final House house;
    private final Operator operator;
    private final String tenant;
    private final Keysmith keysmith = new Keysmith();

    Gates(House house, Operator operator, String tenant) {
        this.house = house;
        this.operator = operator;
        this.tenant = tenant;
    }

    /// The first certificates, and the second ones.
    ///
    /// @param holders those that have a certificate now, each with its newest
    record Seen(FleetSummary enrolled, FleetSummary renewed, List<Assigned> holders) {
        Seen {
            holders = List.copyOf(holders);
        }
    }

    /// Makes the group. Its renewal window is open at once, so that the demo need not wait for eight months.
    void open(List<String> hubs) {
        List<String> words = new ArrayList<>(List.of(
                "enrollment",
                "create",
                ENROLLMENT,
                "--tenant",
                tenant,
                "--one-time-tokens",
                "--renew-after",
                "0",
                "--type",
                "gate"));
        hubs.forEach(hub -> words.addAll(List.of("--hub", hub)));
        operator.types(words.toArray(String[]::new));
    }

    /// A token for one device.
    String token(String registrationId) {
        JsonNode made =
                operator.asks("token", "create", registrationId, "--tenant", tenant, "--enrollment", ENROLLMENT);
        return made.path("token").asText();
    }

    Seen arrive(int count, Consumer<Certification> witness) throws IOException, InterruptedException {
        List<Applicant> newcomers = IntStream.rangeClosed(1, count)
                .mapToObj("gate-%05d"::formatted)
                .map(name -> Applicant.enrolling(new TokenDevice(name, token(name)), keysmith))
                .toList();
        EstTarget target = new EstTarget(
                house.devicesUrl(), Files.readString(house.data().serverAnchor()), tenant + "." + ENROLLMENT);
        EstRun run = new EstRun(target, new Pace.AsFastAsServed(AT_ONCE), Patience.once());
        Map<String, X509Device> certified = new ConcurrentHashMap<>();
        FleetSummary enrolled = run.enroll(newcomers, end -> {
            if (end.issuance() instanceof Issuance.Issued(X509Device operational)) {
                certified.put(operational.registrationId(), operational);
            }
            witness.accept(end);
        });
        List<Applicant> holders = certified.values().stream()
                .map(operational -> Applicant.renewing(operational, keysmith))
                .toList();
        FleetSummary renewed = run.renew(holders, end -> {
            if (end.issuance() instanceof Issuance.Renewed(X509Device operational)) {
                certified.put(operational.registrationId(), operational);
            }
        });
        List<Assigned> named = certified.values().stream()
                .map(it -> new Assigned(it, it.registrationId(), new Assigned.Dialect.Plain()))
                .toList();
        return new Seen(enrolled, renewed, named);
    }
}
