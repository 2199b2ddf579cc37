package io.muster.desk.ledger;

import io.muster.core.device.DeviceState;
import io.muster.core.device.Name;
import io.muster.core.ledger.Devices;
import io.muster.core.roster.Tenant;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Cursor;
import io.muster.desk.exchange.Pages;
import io.muster.desk.exchange.Reply;
import io.muster.desk.problem.Problem;
import io.muster.desk.roster.TenantOperations;
import java.util.Locale;
import java.util.Optional;

/// Devices of a tenant: list, show.
public final class DeviceOperations {

    private final Devices devices;
    private final TenantOperations tenants;

    public DeviceOperations(Devices devices, TenantOperations tenants) {
        this.devices = devices;
        this.tenants = tenants;
    }

    public Reply list(Call call) {
        return tenants.with(call, tenant -> Cursor.read(call).reply(place -> page(call, tenant, place)));
    }

    public Reply get(Call call) {
        String id = call.named("device");
        return tenants.with(call, tenant -> devices.find(tenant.name(), id)
                .map(device -> Reply.ok(DeviceJson.whole(device)))
                .orElseGet(() -> Reply.refused(missing(tenant, id))));
    }

    private Reply page(Call call, Tenant tenant, Optional<String> place) {
        try {
            Devices.Page page = devices.list(tenant.name(), filter(call), place, call.limit());
            return Pages.of(page.items(), page.next(), DeviceJson::summary);
        } catch (Devices.CursorMalformed _) {
            return Cursor.<Reply>malformed().reply(reply -> reply);
        }
    }

    /// The contract lets only names and states pass.
    private static Devices.Filter filter(Call call) {
        return new Devices.Filter(
                call.asked("enrollment").flatMap(Name::parse),
                call.asked("region").flatMap(Name::parse),
                call.asked("hub").flatMap(Name::parse),
                call.asked("state").map(state -> DeviceState.valueOf(state.toUpperCase(Locale.ROOT))));
    }

    static Problem missing(Tenant tenant, String id) {
        return Problem.missing(
                "device",
                id,
                "It never enrolled, or was refused: ask with: muster why " + id + " --tenant " + tenant.name());
    }
}
