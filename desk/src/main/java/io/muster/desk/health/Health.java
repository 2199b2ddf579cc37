package io.muster.desk.health;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Reply;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers for the installation. Ready means: every check passes now.
public final class Health {

    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    private final List<Readiness> checks;
    private final List<Examination> examinations;
    private final InstantSource clock;

    public Health(List<Readiness> checks, List<Examination> examinations, InstantSource clock) {
        this.checks = List.copyOf(checks);
        this.examinations = List.copyOf(examinations);
        this.clock = clock;
    }

    /// Being able to answer is being alive.
    public Reply live(Call call) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("status", "UP");
        json.putArray("checks");
        return Reply.ok(json);
    }

    public Reply ready(Call call) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("status", "UP");
        var list = json.putArray("checks");
        boolean ready = true;
        for (Readiness check : checks) {
            Optional<String> missing = missing(check);
            ObjectNode entry = list.addObject().put("name", check.name());
            entry.put("status", missing.isPresent() ? "DOWN" : "UP");
            missing.ifPresent(reason -> entry.put("reason", reason));
            ready = ready && missing.isEmpty();
        }
        return ready ? Reply.ok(json) : Reply.unavailable(json.put("status", "DOWN"));
    }

    private static Optional<String> missing(Readiness check) {
        try {
            return check.missing();
        } catch (RuntimeException e) {
            LOG.warn("The readiness check {} failed", check.name(), e);
            return Optional.of("The check itself failed; the server's log says why.");
        }
    }

    /// Looks at everything, one after the other.
    public Reply examine(Call call) {
        Instant now = clock.instant();
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("at", now.toString());
        List<Finding> findings = examinations.stream()
                .flatMap(examination -> findings(examination, now).stream())
                .toList();
        json.put("status", Finding.worst(findings).word());
        var list = json.putArray("checks");
        for (Finding finding : findings) {
            ObjectNode entry = list.addObject()
                    .put("name", finding.name())
                    .put("status", finding.grade().word())
                    .put("detail", finding.what());
            if (!finding.remedy().isEmpty()) {
                entry.put("remedy", finding.remedy());
            }
        }
        return Reply.ok(json);
    }

    private static List<Finding> findings(Examination examination, Instant now) {
        try {
            return examination.findings(now);
        } catch (RuntimeException e) {
            LOG.warn("The examination {} failed", examination.name(), e);
            return List.of(Finding.warn(
                    examination.name(), "The check itself failed.", "Look into the server's log, and report it."));
        }
    }
}
