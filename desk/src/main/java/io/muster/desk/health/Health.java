package io.muster.desk.health;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Reply;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers for the installation. Ready means: every check passes now.
public final class Health {

    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    private final List<Readiness> checks;

    public Health(List<Readiness> checks) {
        this.checks = List.copyOf(checks);
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
}
