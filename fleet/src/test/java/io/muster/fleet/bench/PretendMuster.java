package io.muster.fleet.bench;

import io.muster.fleet.dps.PretendDps;
import io.muster.fleet.dps.PretendDps.Answer;
import io.muster.fleet.dps.PretendDps.Seen;
import io.muster.fleet.est.PretendAuthority;
import io.muster.fleet.est.PretendEst;
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
    private volatile boolean certified;

    private PretendMuster() {}

    public static void main(String[] arguments) throws Exception {
        new PretendMuster().serve(List.of(arguments));
    }

    private void serve(List<String> arguments) throws Exception {
        Path data = Path.of(arguments.get(arguments.indexOf("--data") + 1));
        Files.createDirectories(data.resolve("trust"));
        try (PretendDps door = new PretendDps(this::register, port(arguments, "listeners.https.port="));
                PretendDps desk = new PretendDps(this::administer, port(arguments, "desk.port="))) {
            // Two authorities in one file: the real server has one for both.
            Files.writeString(
                    data.resolve("trust/server-ca.pem"),
                    door.target().trustAnchorPem() + desk.target().trustAnchorPem());
            Files.writeString(data.resolve("admin.token"), "letmein\n");
            new CountDownLatch(1).await();
        }
    }

    private static int port(List<String> arguments, String key) {
        return arguments.stream()
                .filter(argument -> argument.startsWith(key))
                .mapToInt(argument -> Integer.parseInt(argument.substring(key.length())))
                .findFirst()
                .orElseThrow();
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
        if (request.path().endsWith("/enrollments")) {
            certified = request.body().contains("\"certificates\":{\"renewAfter\":\"PT0S\"}");
            return Answer.json(201, "{\"proof\":{\"symmetricKey\":{\"primaryKey\":\"" + GROUP_KEY + "\"}}}");
        }
        return Answer.json(201, "{}");
    }
}
