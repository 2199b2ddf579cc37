package io.muster.fleet.bench;

import io.muster.fleet.aws.PretendAws;
import io.muster.fleet.dps.PretendDps;
import io.muster.fleet.dps.PretendDps.Answer;
import io.muster.fleet.dps.PretendDps.Seen;
import io.muster.fleet.est.PretendAuthority;
import io.muster.fleet.est.PretendEst;
import io.muster.fleet.mqtt.PretendBroker;
import io.muster.fleet.mqtt.PretendBroker.Reaction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/// A process that looks like the server to a benchmark: the launcher's command line, the files, the desk, the doors.
final class PretendMuster {

    private static final String GROUP_KEY = "c2VjcmV0LWdyb3VwLWtleQ==";

    private final PretendAuthority authority = new PretendAuthority();
    private final AtomicLong devices = new AtomicLong();
    private final AtomicLong renewals = new AtomicLong();
    private final PretendAws aws = new PretendAws();
    private volatile boolean certified;
    private volatile boolean claimed;

    private PretendMuster() {}

    public static void main(String[] arguments) throws Exception {
        new PretendMuster().serve(List.of(arguments));
    }

    private void serve(List<String> arguments) throws Exception {
        Path data = Path.of(arguments.get(arguments.indexOf("--data") + 1));
        Files.createDirectories(data.resolve("trust"));
        try (PretendDps door = new PretendDps(this::register, port(arguments, "listeners.https.port="));
                PretendBroker broker = new PretendBroker(this::tell, port(arguments, "listeners.mqtt.port="));
                PretendDps desk = new PretendDps(this::administer, port(arguments, "desk.port="))) {
            // Three authorities in one file: the real server has one for all.
            Files.writeString(
                    data.resolve("trust/server-ca.pem"),
                    door.target().trustAnchorPem()
                            + broker.anchorPem()
                            + desk.target().trustAnchorPem());
            Files.writeString(data.resolve("admin.token"), "letmein\n");
            new CountDownLatch(1).await();
        }
    }

    private static int port(List<String> arguments, String key) {
        return arguments.stream()
                .filter(argument -> argument.startsWith(key) && !argument.endsWith("=off"))
                .mapToInt(argument -> Integer.parseInt(argument.substring(key.length())))
                .findFirst()
                .orElse(0);
    }

    private List<Reaction> tell(PretendBroker.Seen seen) throws Exception {
        if (!seen.is("PUBLISH")) {
            return PretendBroker.usual();
        }
        if (seen.topic().startsWith("$dps/")) {
            devices.incrementAndGet();
            String rid = seen.topic().substring(seen.topic().indexOf("$rid="));
            String id = seen.guest().clientId();
            return List.of(PretendBroker.say("$dps/registrations/res/200/?" + rid, PretendDps.assigned(id)));
        }
        if (seen.topic().equals("t/" + seen.guest().clientId() + "/telemetry")
                && seen.text().contains("temperature")) {
            return PretendBroker.usual();
        }
        if (!claimed) {
            return PretendBroker.hangUp();
        }
        if (seen.topic().startsWith("$aws/provisioning-templates/things/")) {
            devices.incrementAndGet();
        }
        return aws.reactTo(seen);
    }

    private Answer register(Seen request) {
        if (request.path().startsWith("/.well-known/est/")) {
            return certify(request);
        }
        devices.incrementAndGet();
        return Answer.json(200, PretendDps.assigned(PretendDps.idIn(request)));
    }

    private Answer certify(Seen request) {
        if (!certified) {
            return PretendEst.refusal(403, "this enrollment issues no certificates");
        }
        boolean renewal = request.path().endsWith("/simplereenroll");
        if (request.shown().isEmpty() || !request.path().contains(".makers/")) {
            return PretendEst.refusal(401, "a certificate, please");
        }
        try {
            Answer answer = PretendEst.certify(request, authority);
            (renewal ? renewals : devices).incrementAndGet();
            return answer;
        } catch (Exception e) {
            return PretendEst.refusal(400, "a proper request, please");
        }
    }

    private Answer administer(Seen request) {
        if (request.path().equals("/health/ready")) {
            return Answer.json(200, "{\"status\":\"UP\",\"checks\":[]}");
        }
        if (!"Bearer letmein".equals(request.headers().get("Authorization"))) {
            return Answer.json(401, "{\"detail\":\"no token\"}");
        }
        if (request.path().equals("/api/v1/installation")) {
            long bytes = 1500 * devices.get() + 700 * renewals.get();
            return Answer.json(
                    200,
                    "{\"version\":\"0\",\"devices\":" + devices.get() + ",\"database\":{\"kind\":\"embedded\","
                            + "\"deviceDataBytes\":" + bytes + "}}");
        }
        if (request.path().equals("/api/v1/sinks/bench")) {
            return Answer.json(200, "{\"name\":\"bench\",\"lagEntries\":0}");
        }
        if (request.path().endsWith("/claims")) {
            claimed = request.body().contains("BEGIN CERTIFICATE");
            return Answer.json(201, "{}");
        }
        if (request.path().endsWith("/enrollments")) {
            certified = request.body().contains("\"certificates\":{\"renewAfter\":\"PT0S\"}");
            return Answer.json(201, "{\"proof\":{\"symmetricKey\":{\"primaryKey\":\"" + GROUP_KEY + "\"}}}");
        }
        return Answer.json(201, "{}");
    }
}
