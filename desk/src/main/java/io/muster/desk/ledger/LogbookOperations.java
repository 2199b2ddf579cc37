package io.muster.desk.ledger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.device.Name;
import io.muster.core.door.OperationId;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Devices;
import io.muster.core.ledger.Logbook;
import io.muster.core.ledger.Logbook.Stage;
import io.muster.core.ledger.Operation;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Cursor;
import io.muster.desk.exchange.Form;
import io.muster.desk.exchange.Moments;
import io.muster.desk.exchange.Pages;
import io.muster.desk.exchange.Reply;
import io.muster.desk.exchange.Spelling;
import io.muster.desk.problem.Problem;
import io.muster.desk.roster.TenantOperations;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Attempts and operations of a whole tenant.
public final class LogbookOperations {

    private final Logbook logbook;
    private final TenantOperations tenants;

    public LogbookOperations(Logbook logbook, TenantOperations tenants) {
        this.logbook = logbook;
        this.tenants = tenants;
    }

    public Reply attempts(Call call) {
        return tenants.with(call, tenant -> filter(call).reply(filter -> Cursor.read(call)
                .reply(place ->
                        page(() -> logbook.attempts(tenant.name(), filter, place, call.limit()), AttemptJson::show))));
    }

    public Reply operations(Call call) {
        Optional<Stage> stage = call.asked("state").map(state -> Spelling.read(Stage.class, state));
        return tenants.with(call, tenant -> Cursor.read(call)
                .reply(place -> page(
                        () -> logbook.operations(tenant.name(), stage, place, call.limit()), LogbookOperations::json)));
    }

    public Reply operation(Call call) {
        String id = call.named("operation");
        return tenants.with(call, tenant -> OperationId.parse(id)
                .flatMap(number -> logbook.operation(tenant.name(), number))
                .map(operation -> Reply.ok(json(operation)))
                .orElseGet(() -> Reply.refused(Problem.missing(
                        "operation",
                        id,
                        "Kept are operations of the last 24 hours, of this tenant only; a request that was answered at"
                                + " once has an attempt and no operation."))));
    }

    private static <T> Reply page(Supplier<Logbook.Page<T>> read, Function<T, ObjectNode> json) {
        try {
            Logbook.Page<T> page = read.get();
            return Pages.of(page.items(), page.next(), json);
        } catch (Devices.CursorMalformed _) {
            return Cursor.<Reply>malformed().reply(reply -> reply);
        }
    }

    /// The contract lets only names and results pass.
    private static Form<Logbook.Filter> filter(Call call) {
        return Moments.read(call, "since")
                .map(since -> new Logbook.Filter(
                        call.asked("code"),
                        call.asked("result").map(result -> Spelling.read(Attempt.Result.class, result)),
                        call.asked("enrollment").flatMap(Name::parse),
                        call.asked("door"),
                        since));
    }

    private static ObjectNode json(Operation operation) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("operationId", operation.id().toString());
        json.put("registrationId", operation.registrationId().display());
        json.put("enrollment", operation.enrollment().value());
        json.put("door", operation.door());
        json.put("source", operation.source());
        json.put("createdAt", operation.createdAt().toString());
        return switch (operation.state()) {
            case Operation.State.Waiting() -> json.put("state", "waiting");
            case Operation.State.Expired() -> json.put("state", "expired");
            case Operation.State.Done done -> json.put("state", "done").put("change", Spelling.of(done.change()));
            case Operation.State.Failed failed ->
                json.put("state", "failed")
                        .put("code", failed.problem().code())
                        .put("detail", failed.problem().detail())
                        .put("remedy", failed.problem().remedy());
        };
    }
}
