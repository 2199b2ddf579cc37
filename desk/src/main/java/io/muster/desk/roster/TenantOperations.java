package io.muster.desk.roster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.device.Name;
import io.muster.core.roster.Registrar;
import io.muster.core.roster.Tenant;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Cursor;
import io.muster.desk.exchange.Expected;
import io.muster.desk.exchange.Pages;
import io.muster.desk.exchange.Reply;
import io.muster.desk.problem.Problem;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

/// Tenants: create, list, show.
public final class TenantOperations {

    private final Registrar registrar;

    public TenantOperations(Registrar registrar) {
        this.registrar = registrar;
    }

    public Reply create(Call call) {
        Tenant tenant = new Tenant(new Name(call.body().path("name").asText()), true);
        return Answered.by(
                registrar.create(tenant, call.warrant()),
                done -> Reply.created("/api/v1/tenants/" + done.name(), json(done)));
    }

    public Reply list(Call call) {
        return Cursor.read(call)
                .reply(after -> Pages.cut(
                        registrar.tenants().stream()
                                .filter(tenant -> call.principal().scope().coversTenant(tenant.name()))
                                .sorted(Comparator.comparing(Tenant::name))
                                .filter(tenant ->
                                        after.isEmpty() || tenant.name().value().compareTo(after.get()) > 0)
                                .limit(call.limit() + 1L)
                                .toList(),
                        call.limit(),
                        tenant -> tenant.name().value(),
                        TenantOperations::json));
    }

    public Reply get(Call call) {
        return with(call, tenant -> tagged(tenant));
    }

    public Reply change(Call call) {
        return with(call, tenant -> Expected.refusal(call, "tenant " + tenant.name(), json(tenant))
                .orElseGet(() -> change(call, tenant)));
    }

    private Reply change(Call call, Tenant tenant) {
        Tenant changed = new Tenant(
                tenant.name(),
                call.body().path("enabled").asBoolean(tenant.enabled()),
                call.body().path("auditReads").asBoolean(tenant.auditReads()),
                call.body().path("verifiedAnchors").asBoolean(tenant.verifiedAnchors()));
        return Answered.by(registrar.change(tenant, changed, call.warrant()), TenantOperations::tagged);
    }

    /// Goes on with the tenant that the path names, or answers that there is none.
    public Reply with(Call call, Function<Tenant, Reply> next) {
        String name = call.named("tenant");
        Optional<Tenant> tenant = registrar.tenants().stream()
                .filter(one -> one.name().value().equals(name))
                .findFirst();
        return tenant.map(next)
                .orElseGet(() -> Reply.refused(Problem.missing(
                        "tenant",
                        name,
                        "List the tenants with: muster tenant list; create one with: muster tenant create " + name)));
    }

    private static Reply tagged(Tenant tenant) {
        return Reply.ok(json(tenant)).withHeader("ETag", Expected.tag(json(tenant)));
    }

    private static ObjectNode json(Tenant tenant) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", tenant.name().value())
                .put("idScope", tenant.name().value())
                .put("enabled", tenant.enabled())
                .put("auditReads", tenant.auditReads())
                .put("verifiedAnchors", tenant.verifiedAnchors());
    }
}
