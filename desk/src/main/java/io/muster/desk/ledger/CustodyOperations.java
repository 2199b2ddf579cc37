package io.muster.desk.ledger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.access.Warrant;
import io.muster.core.device.Device;
import io.muster.core.device.Name;
import io.muster.core.ledger.Custody;
import io.muster.core.ledger.Custody.Binding;
import io.muster.core.ledger.Custody.Reason;
import io.muster.core.ledger.Custody.Taken;
import io.muster.core.roster.Tenant;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Form;
import io.muster.desk.exchange.Pages;
import io.muster.desk.exchange.Reply;
import io.muster.desk.exchange.Spelling;
import io.muster.desk.problem.Problem;
import io.muster.desk.problem.ProblemKind;
import io.muster.desk.roster.TenantOperations;
import java.util.Optional;

/// Devices that are taken away, and let in again.
public final class CustodyOperations {

    /// One of the three things that can be done.
    @FunctionalInterface
    private interface Taking {
        Taken take(Name tenant, String device, Reason reason, Warrant warrant);
    }

    private final Custody custody;
    private final TenantOperations tenants;

    public CustodyOperations(Custody custody, TenantOperations tenants) {
        this.custody = custody;
        this.tenants = tenants;
    }

    public Reply quarantine(Call call) {
        return take(call, custody::quarantine);
    }

    public Reply release(Call call) {
        return take(call, custody::release);
    }

    public Reply decommission(Call call) {
        return take(call, custody::decommission);
    }

    public Reply bindings(Call call) {
        String id = call.named("device");
        return tenants.with(call, tenant -> custody.bindings(tenant.name(), id)
                .map(bindings -> Pages.of(bindings, Optional.empty(), CustodyOperations::json))
                .orElseGet(() -> Reply.refused(DeviceOperations.missing(tenant, id))));
    }

    /// Doing it again is no fault: what the caller wants is so.
    private Reply take(Call call, Taking taking) {
        String id = call.named("device");
        return tenants.with(call, tenant -> reason(call)
                .reply(reason -> switch (taking.take(tenant.name(), id, reason, call.warrant())) {
                    case Taken.Done(Device device) -> Reply.ok(DeviceJson.whole(device));
                    case Taken.Already(Device device) -> Reply.ok(DeviceJson.whole(device));
                    case Taken.Gone(Device device) -> Reply.refused(gone(tenant, device));
                    case Taken.Unknown() -> Reply.refused(DeviceOperations.missing(tenant, id));
                }));
    }

    private static Form<Reason> reason(Call call) {
        return Reason.parse(call.body().path("reason").asText())
                .map(Form::of)
                .orElseGet(() -> Form.faulty(
                        "/reason",
                        "The reason is not one.",
                        "Say why in 1 to " + Reason.MAX + " characters, on one line."));
    }

    private static Problem gone(Tenant tenant, Device device) {
        return Problem.of(
                ProblemKind.NOT_POSSIBLE,
                "Device \"" + device.registrationId().display() + "\" of tenant " + tenant.name()
                        + " was decommissioned, and nothing undoes that.",
                "If the hardware is to be used again, give it a new name and a new key, and let it enroll as a new"
                        + " device.");
    }

    private static ObjectNode json(Binding binding) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", Spelling.of(binding.kind()))
                .put("value", binding.value())
                .put("state", Spelling.of(binding.standing()));
    }
}
