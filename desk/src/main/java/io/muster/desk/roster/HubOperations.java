package io.muster.desk.roster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.access.Action;
import io.muster.core.access.Scope;
import io.muster.core.connectivity.Hub;
import io.muster.core.connectivity.HubEndpoint;
import io.muster.core.device.Name;
import io.muster.core.roster.Registrar;
import io.muster.core.roster.Tenant;
import io.muster.desk.exchange.Admitted;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Cursor;
import io.muster.desk.exchange.Expected;
import io.muster.desk.exchange.Form;
import io.muster.desk.exchange.Pages;
import io.muster.desk.exchange.Reply;
import io.muster.desk.problem.Problem;
import java.util.Comparator;
import java.util.function.Function;

/// Hubs of a tenant: create, list, show. A region is there as soon as a hub names it.
public final class HubOperations {

    private static final int USUAL_WEIGHT = 1;

    private final Registrar registrar;
    private final TenantOperations tenants;

    public HubOperations(Registrar registrar, TenantOperations tenants) {
        this.registrar = registrar;
        this.tenants = tenants;
    }

    public Reply create(Call call) {
        return tenants.with(call, tenant -> hub(tenant, call.body())
                .reply(hub -> !mayCreate(call.principal().scope(), hub)
                        ? Admitted.forbidden(call.principal(), Action.CHANGE_HUB)
                        : Answered.by(
                                registrar.create(hub, call.warrant()),
                                done -> Reply.created(
                                        "/api/v1/tenants/" + done.tenant() + "/hubs/" + done.name(), json(done)))));
    }

    public Reply list(Call call) {
        return tenants.with(call, tenant -> Cursor.read(call)
                .reply(after -> Pages.cut(
                        registrar.hubs(tenant.name()).stream()
                                .filter(hub -> call.principal().scope().coversRegion(hub.region()))
                                .sorted(Comparator.comparing(Hub::name))
                                .filter(hub ->
                                        after.isEmpty() || hub.name().value().compareTo(after.get()) > 0)
                                .limit(call.limit() + 1L)
                                .toList(),
                        call.limit(),
                        hub -> hub.name().value(),
                        HubOperations::json)));
    }

    public Reply get(Call call) {
        return with(call, HubOperations::tagged);
    }

    /// A hub that is disabled, or has weight 0, takes no new device.
    public Reply change(Call call) {
        return with(call, hub -> Expected.refusal(call, "hub " + hub.name(), json(hub))
                .orElseGet(() -> change(call, hub)));
    }

    private Reply change(Call call, Hub hub) {
        Hub changed = new Hub(
                hub.tenant(),
                hub.name(),
                hub.region(),
                hub.endpoint(),
                call.body().path("weight").asInt(hub.weight()),
                call.body().path("enabled").asBoolean(hub.enabled()));
        return Answered.by(registrar.change(hub, changed, call.warrant()), HubOperations::tagged);
    }

    private Reply with(Call call, Function<Hub, Reply> next) {
        String name = call.named("hub");
        return tenants.with(call, tenant -> registrar.hubs(tenant.name()).stream()
                .filter(hub -> hub.name().value().equals(name)
                        && call.principal().scope().coversRegion(hub.region()))
                .findFirst()
                .map(next)
                .orElseGet(() -> Reply.refused(Problem.missing(
                        "hub", name, "List the hubs with: muster hub list --tenant " + tenant.name()))));
    }

    /// A hub serves all enrollments.
    private static boolean mayCreate(Scope scope, Hub hub) {
        return scope.enrollments().isEmpty() && scope.coversRegion(hub.region());
    }

    private static Form<Hub> hub(Tenant tenant, JsonNode body) {
        return HubEndpoint.parse(body.path("endpoint").asText())
                .<Form<Hub>>map(endpoint -> Form.of(new Hub(
                        tenant.name(),
                        new Name(body.path("name").asText()),
                        new Name(body.path("region").asText()),
                        endpoint,
                        body.path("weight").asInt(USUAL_WEIGHT),
                        true)))
                .orElseGet(() ->
                        Form.faulty("/endpoint", "The endpoint is not one.", "Write it as " + HubEndpoint.RULE + "."));
    }

    private static Reply tagged(Hub hub) {
        return Reply.ok(json(hub)).withHeader("ETag", Expected.tag(json(hub)));
    }

    private static ObjectNode json(Hub hub) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", hub.name().value())
                .put("tenant", hub.tenant().value())
                .put("region", hub.region().value())
                .put("endpoint", hub.endpoint().uri())
                .put("assignedHub", hub.endpoint().host())
                .put("weight", hub.weight())
                .put("enabled", hub.enabled());
    }
}
