package io.muster.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.wire.AdminApi;
import io.muster.cli.wire.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a running server says of itself, and what follows from it.
public final class RunningServer {

    private static final Duration LITTLE = Duration.ofSeconds(30);
    private static final Duration MUCH = Duration.ofMinutes(5);
    private static final int NOT_FOUND = 404;
    private static final String SERVER_LOG = "Look into the server's log.";

    private final AdminApi api;
    private final InstantSource clock;

    public RunningServer(AdminApi api, InstantSource clock) {
        this.api = api;
        this.clock = clock;
    }

    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(ready());
        Answer installation = api.get("/installation", Map.of());
        if (!(installation instanceof Answer.Good(JsonNode body))) {
            findings.add(refused("admin API", installation));
            return findings;
        }
        findings.add(Finding.ok(
                "version",
                "Muster " + body.path("version").asText() + ", "
                        + body.path("devices").asText() + " devices, "
                        + body.at("/database/kind").asText() + " database."));
        findings.addAll(checks());
        findings.addAll(new Anchors(api, clock.instant()).findings());
        return findings;
    }

    private List<Finding> ready() {
        Answer answer = api.ready();
        JsonNode health =
                switch (answer) {
                    case Answer.Good(JsonNode body) -> body;
                    case Answer.Refused(int ignored, JsonNode body) -> body;
                    case Answer.Unreachable ignored -> null;
                };
        if (health == null || !health.path("checks").isArray()) {
            return List.of(refused("health", answer));
        }
        List<Finding> findings = new ArrayList<>();
        for (JsonNode check : health.path("checks")) {
            String name = check.path("name").asText();
            findings.add(
                    "UP".equals(check.path("status").asText())
                            ? Finding.ok(name, "It serves.")
                            : Finding.fail(name, check.path("reason").asText("It does not serve."), SERVER_LOG));
        }
        return findings;
    }

    private List<Finding> checks() {
        Instant before = clock.instant();
        Answer answer = api.get("/installation/checks", Map.of());
        Instant after = clock.instant();
        if (!(answer instanceof Answer.Good(JsonNode body))) {
            return List.of(
                    answer instanceof Answer.Refused refused && refused.status() == NOT_FOUND
                            ? Finding.warn(
                                    "server's checks",
                                    "This server does not know them: it is older than this command.",
                                    "Bring the server to the version of this command.")
                            : refused("server's checks", answer));
        }
        List<Finding> findings = new ArrayList<>();
        time(body.path("at").asText()).ifPresent(at -> findings.add(drift(before, at, after)));
        for (JsonNode check : body.path("checks")) {
            findings.add(new Finding(
                    check.path("name").asText(),
                    Grade.of(check.path("status").asText()),
                    check.path("detail").asText(),
                    check.path("remedy").asText()));
        }
        return findings;
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /// The server looked at its clock between these two looks at ours.
    private static Finding drift(Instant before, Instant server, Instant after) {
        Duration off = server.isBefore(before)
                ? Duration.between(server, before)
                : server.isAfter(after) ? Duration.between(after, server) : Duration.ZERO;
        String mend = "Set the clock of this machine or of the server; let both follow NTP.";
        if (off.compareTo(LITTLE) <= 0) {
            return Finding.ok("clock here", "It goes with the server's.");
        }
        String what = "This machine's clock is " + off.toSeconds() + " seconds "
                + (server.isBefore(before) ? "ahead of" : "behind") + " the server's.";
        return off.compareTo(MUCH) > 0
                ? Finding.fail("clock here", what + " Certificates seem invalid where clocks differ.", mend)
                : Finding.warn("clock here", what, mend);
    }

    private static Finding refused(String check, Answer answer) {
        return switch (answer) {
            case Answer.Good ignored -> Finding.warn(check, "The answer cannot be understood.", SERVER_LOG);
            case Answer.Unreachable(String what, String next) -> Finding.fail(check, what, next);
            case Answer.Refused(int status, JsonNode problem) ->
                Finding.fail(
                        check,
                        problem.path("title").asText("The server answered " + status) + ". "
                                + problem.path("detail").asText(),
                        problem.path("remedy").asText(SERVER_LOG));
        };
    }
}
