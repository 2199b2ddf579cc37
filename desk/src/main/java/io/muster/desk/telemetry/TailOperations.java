package io.muster.desk.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.access.Scope;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.telemetry.Outgoing;
import io.muster.core.telemetry.Sender;
import io.muster.core.telemetry.Tail;
import io.muster.core.telemetry.Tails;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Reply;
import io.muster.desk.problem.Problem;
import io.muster.desk.problem.ProblemKind;
import io.muster.desk.roster.TenantOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/// Messages as they come: the first question begins to watch, each further one waits for what comes.
public final class TailOperations {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final Tails tails;
    private final TenantOperations tenants;
    private final ObjectMapper json = new ObjectMapper();

    public TailOperations(Tails tails, TenantOperations tenants) {
        this.tails = tails;
        this.tenants = tenants;
    }

    public Reply tail(Call call) {
        return tenants.with(call, tenant -> call.asked("tail")
                .map(id -> next(call, tenant.name(), id))
                .orElseGet(() -> begin(call, tenant.name())));
    }

    private Reply begin(Call call, Name tenant) {
        return tails.open(call.principal().id(), tenant, wanted(call))
                .map(tail -> Reply.ok(seen(tail).put("dropped", 0)))
                .orElseGet(() -> Reply.refused(Problem.of(
                        ProblemKind.UNAVAILABLE,
                        "There are " + Tails.MOST + " who watch messages at this node already.",
                        "Try again in a minute; a sink tells any number of programs.")));
    }

    private static Predicate<Sender> wanted(Call call) {
        Scope scope = call.principal().scope();
        Predicate<Sender> inSight =
                sender -> scope.coversEnrollment(sender.origin().enrollment())
                        && scope.coversRegion(sender.assignment().region());
        Predicate<Sender> ofDevice = call.asked("device")
                .<Predicate<Sender>>map(id -> {
                    Optional<RegistrationId> name = RegistrationId.parse(id);
                    return sender -> sender.deviceId().equals(id) || name.equals(Optional.of(sender.registrationId()));
                })
                .orElse(_ -> true);
        Optional<String> type = call.asked("type");
        return inSight.and(ofDevice)
                .and(sender -> type.isEmpty() || sender.type().equals(type));
    }

    private Reply next(Call call, Name tenant, String id) {
        return tails.find(UUID.fromString(id), call.principal().id(), tenant)
                .map(tail -> await(call, tail))
                .orElseGet(() -> Reply.refused(Problem.missing(
                        "tail", id, "It ends a minute after it was last asked, and with its node. Begin a new one.")));
    }

    private Reply await(Call call, Tail tail) {
        try {
            Tail.Seen seen = tail.await(call.limit(), LONGEST_WAIT);
            ObjectNode answer = seen(tail).put("dropped", seen.dropped());
            seen.messages().forEach(message -> answer.withArray("items").add(event(message)));
            return Reply.ok(answer);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Reply.refused(Problem.of(ProblemKind.UNAVAILABLE, "The server stops.", "Begin a new tail."));
        }
    }

    private static ObjectNode seen(Tail tail) {
        ObjectNode answer =
                JsonNodeFactory.instance.objectNode().put("tail", tail.id().toString());
        answer.putArray("items");
        return answer;
    }

    private JsonNode event(Outgoing message) {
        try {
            return json.readTree(message.event().toArray());
        } catch (IOException e) {
            throw new UncheckedIOException("what was written as JSON is none", e);
        }
    }
}
