package io.muster.desk.roster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.connectivity.Region;
import io.muster.core.device.Name;
import io.muster.core.roster.Registrar;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Cursor;
import io.muster.desk.exchange.Pages;
import io.muster.desk.exchange.Reply;

/// Regions of a tenant: create, list.
public final class RegionOperations {

    private final Registrar registrar;
    private final TenantOperations tenants;

    public RegionOperations(Registrar registrar, TenantOperations tenants) {
        this.registrar = registrar;
        this.tenants = tenants;
    }

    public Reply create(Call call) {
        return tenants.with(call, tenant -> {
            Region region =
                    new Region(tenant.name(), new Name(call.body().path("name").asText()));
            return Answered.by(
                    registrar.create(region, call.warrant()),
                    done -> Reply.created("/api/v1/tenants/" + done.tenant() + "/regions", json(done)));
        });
    }

    public Reply list(Call call) {
        return tenants.with(call, tenant -> Cursor.read(call)
                .reply(after -> Pages.cut(
                        registrar.regions(tenant.name()).stream()
                                .filter(region ->
                                        after.isEmpty() || region.name().value().compareTo(after.get()) > 0)
                                .limit(call.limit() + 1L)
                                .toList(),
                        call.limit(),
                        region -> region.name().value(),
                        RegionOperations::json)));
    }

    private static ObjectNode json(Region region) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", region.name().value())
                .put("tenant", region.tenant().value());
    }
}
