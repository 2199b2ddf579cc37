package io.muster.desk.sinks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.access.Warrant;
import io.muster.core.device.Name;
import io.muster.core.flow.Reconciliation;
import io.muster.core.flow.Reconciliation.Drift;
import io.muster.core.flow.Reconciliation.Part;
import io.muster.core.ledger.Devices.CursorMalformed;
import io.muster.core.ledger.Reconcilable;
import io.muster.core.ledger.SinkUnavailable;
import io.muster.core.ledger.Sinks;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Cursor;
import io.muster.desk.exchange.Reply;
import io.muster.desk.exchange.Spelling;
import io.muster.desk.problem.Problem;
import io.muster.desk.problem.ProblemKind;
import io.muster.desk.roster.TenantOperations;
import java.util.Optional;
import java.util.function.Function;

/// Compares what a sink holds of a tenant's devices, and mends it, a part at a time. The beginning is audited, and each
/// part that mended something.
public final class ReconcileOperation {

    private final Sinks sinks;
    private final Reconciliation reconciliation;
    private final Function<Name, Optional<Reconcilable>> holders;
    private final TenantOperations tenants;

    /// @param holders sinks that can be compared, by name
    public ReconcileOperation(
            Sinks sinks,
            Reconciliation reconciliation,
            Function<Name, Optional<Reconcilable>> holders,
            TenantOperations tenants) {
        this.sinks = sinks;
        this.reconciliation = reconciliation;
        this.holders = holders;
        this.tenants = tenants;
    }

    public Reply part(Call call) {
        return tenants.with(call, tenant -> {
            Optional<Name> sink =
                    Name.parse(call.named("sink")).filter(it -> sinks.find(it).isPresent());
            if (sink.isEmpty()) {
                return Reply.refused(Problem.missing("sink", call.named("sink"), "List them with: muster sink list"));
            }
            return holders.apply(sink.get())
                    .map(holder -> Cursor.read(call).reply(from -> part(call, tenant.name(), sink.get(), holder, from)))
                    .orElseGet(() -> Reply.refused(Problem.of(
                            ProblemKind.NOT_POSSIBLE,
                            "Sink \"" + sink.get() + "\" cannot be asked what it holds.",
                            "A sink of kind hono can, on a node that has it in its settings. Others are told again by"
                                    + " muster sink replay.")));
        });
    }

    private Reply part(Call call, Name tenant, Name sink, Reconcilable holder, Optional<String> from) {
        boolean mend = call.body().path("mend").asBoolean() && !call.dryRun();
        try {
            if (from.isEmpty()) {
                note(sink, (mend ? "mending" : "comparing") + " devices of " + tenant, call.warrant());
            }
            Part part = reconciliation.part(holder, tenant, from, mend);
            long mended = part.drifts().stream().filter(Drift::mended).count();
            if (mended > 0) {
                note(sink, "mended " + mended + " devices of " + tenant, call.warrant());
            }
            return Reply.ok(json(part));
        } catch (CursorMalformed _) {
            return Cursor.<Reply>malformed().reply(reply -> reply);
        } catch (SinkUnavailable e) {
            return Reply.refused(Problem.of(
                    ProblemKind.UNAVAILABLE, String.valueOf(e.getMessage()), "Mend the cause, and begin anew."));
        }
    }

    private void note(Name sink, String what, Warrant warrant) {
        var _ = sinks.reconciled(sink, what, warrant);
    }

    private static ObjectNode json(Part part) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("compared", part.compared());
        var drifts = json.putArray("drifts");
        for (Drift drift : part.drifts()) {
            ObjectNode item = drifts.addObject()
                    .put("deviceId", drift.deviceId())
                    .put("kind", Spelling.of(drift.kind()))
                    .put("mended", drift.mended());
            var what = item.putArray("what");
            drift.what().forEach(what::add);
        }
        part.next().ifPresent(next -> json.put("next", Cursor.show(next)));
        return json;
    }
}
