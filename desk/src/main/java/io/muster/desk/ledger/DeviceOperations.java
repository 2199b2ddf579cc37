package io.muster.desk.ledger;

import io.muster.core.device.DeviceState;
import io.muster.core.device.Fact;
import io.muster.core.device.Name;
import io.muster.core.ledger.Devices;
import io.muster.core.ledger.Presences;
import io.muster.core.roster.Tenant;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Cursor;
import io.muster.desk.exchange.Form;
import io.muster.desk.exchange.Pages;
import io.muster.desk.exchange.Reply;
import io.muster.desk.exchange.Sight;
import io.muster.desk.problem.Problem;
import io.muster.desk.roster.TenantOperations;
import java.util.Locale;
import java.util.Optional;

/// Devices of a tenant: list, show.
public final class DeviceOperations {

    private final Devices devices;
    private final Presences presences;
    private final TenantOperations tenants;

    public DeviceOperations(Devices devices, Presences presences, TenantOperations tenants) {
        this.devices = devices;
        this.presences = presences;
        this.tenants = tenants;
    }

    public Reply list(Call call) {
        return tenants.with(call, tenant -> Cursor.read(call)
                .then(place -> fact(call).map(fact -> page(call, tenant, place, fact)))
                .reply(reply -> reply));
    }

    public Reply get(Call call) {
        String id = call.named("device");
        return tenants.with(call, tenant -> devices.find(tenant.name(), id)
                .filter(device -> Sight.of(call.principal().scope(), device))
                .map(device -> Reply.ok(DeviceJson.whole(device, presences.of(device))))
                .orElseGet(() -> Reply.refused(missing(tenant, id))));
    }

    /// One that cannot be looked for narrows to nothing that anybody meant.
    private static Form<Optional<Fact>> fact(Call call) {
        Optional<String> asked = call.asked("fact");
        Optional<Fact> fact = asked.flatMap(Fact::parse);
        return asked.isPresent() && fact.isEmpty()
                ? Form.faulty(
                        "fact",
                        "It is not a fact and a value of at most " + Fact.MAX_VALUE + " characters.",
                        "Write it as /serial=SN-1.")
                : Form.of(fact);
    }

    private Reply page(Call call, Tenant tenant, Optional<String> place, Optional<Fact> fact) {
        try {
            Devices.Page page = devices.list(tenant.name(), filter(call, fact), place, call.limit());
            return Pages.of(page.items(), page.next(), DeviceJson::summary);
        } catch (Devices.CursorMalformed _) {
            return Cursor.<Reply>malformed().reply(reply -> reply);
        }
    }

    /// The contract lets only names and states pass.
    private static Devices.Filter filter(Call call, Optional<Fact> fact) {
        return new Devices.Filter(
                call.asked("enrollment").flatMap(Name::parse),
                call.asked("region").flatMap(Name::parse),
                call.asked("hub").flatMap(Name::parse),
                call.asked("state").map(state -> DeviceState.valueOf(state.toUpperCase(Locale.ROOT))),
                call.asked("type"),
                fact,
                call.principal().scope());
    }

    static Problem missing(Tenant tenant, String id) {
        return Problem.missing(
                "device",
                id,
                "It never enrolled, or was refused: ask with: muster why " + id + " --tenant " + tenant.name());
    }
}
