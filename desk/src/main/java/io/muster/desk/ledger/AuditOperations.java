package io.muster.desk.ledger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.device.Name;
import io.muster.core.ledger.Audit;
import io.muster.core.ledger.Audit.Entry;
import io.muster.core.ledger.Audit.Filter;
import io.muster.core.ledger.Audit.Kind;
import io.muster.core.ledger.Audit.Verified;
import io.muster.core.ledger.Devices;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Cursor;
import io.muster.desk.exchange.Form;
import io.muster.desk.exchange.Moments;
import io.muster.desk.exchange.Pages;
import io.muster.desk.exchange.Reply;
import io.muster.desk.exchange.Spelling;
import io.muster.desk.roster.TenantOperations;
import java.util.Optional;

/// The audit: what happened in a tenant or in the whole installation, and whether it stands as it was written.
public final class AuditOperations {

    /// Entries that one request checks: a few seconds.
    private static final int MOST_CHECKED = 50_000;

    private final Audit audit;
    private final TenantOperations tenants;

    public AuditOperations(Audit audit, TenantOperations tenants) {
        this.audit = audit;
        this.tenants = tenants;
    }

    public Reply ofTenant(Call call) {
        return tenants.with(call, tenant -> list(call, Optional.of(tenant.name())));
    }

    public Reply ofInstallation(Call call) {
        return list(call, Optional.empty());
    }

    public Reply verify(Call call) {
        return Cursor.read(call).reply(from -> {
            try {
                return Reply.ok(json(audit.verify(from, MOST_CHECKED)));
            } catch (Devices.CursorMalformed _) {
                return Cursor.<Reply>malformed().reply(reply -> reply);
            }
        });
    }

    private Reply list(Call call, Optional<Name> tenant) {
        return filter(call).reply(filter -> Cursor.read(call).reply(place -> {
            try {
                Audit.Page page = audit.list(tenant, filter, place, call.limit(), call.warrant());
                return Pages.of(page.items(), page.next(), AuditOperations::json);
            } catch (Devices.CursorMalformed _) {
                return Cursor.<Reply>malformed().reply(reply -> reply);
            }
        }));
    }

    /// The contract lets only kinds pass.
    private static Form<Filter> filter(Call call) {
        Optional<Kind> kind = call.asked("kind").map(name -> Spelling.read(Kind.class, name));
        return Moments.read(call, "since").then(since -> Moments.read(call, "until")
                .map(until -> new Filter(call.asked("actor"), kind, call.asked("subject"), since, until)));
    }

    private static ObjectNode json(Entry entry) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("place", entry.place().toString());
        json.put("at", entry.at().toString());
        entry.tenant().ifPresent(tenant -> json.put("tenant", tenant.value()));
        json.put("kind", Spelling.of(entry.kind()));
        json.put("actor", entry.actor());
        json.put("subject", entry.subject());
        put(json, "detail", entry.detail());
        put(json, "before", entry.before());
        put(json, "after", entry.after());
        put(json, "request", entry.request());
        put(json, "address", entry.address());
        return json.put("hash", entry.leaf());
    }

    private static void put(ObjectNode json, String field, String value) {
        if (!value.isEmpty()) {
            json.put(field, value);
        }
    }

    private static ObjectNode json(Verified verified) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("checked", verified.entries());
        var heads = json.putArray("heads");
        verified.heads()
                .forEach(head ->
                        heads.addObject().put("place", head.place().toString()).put("hash", head.hash()));
        verified.broken().ifPresent(broken -> json.putObject("broken")
                .put("place", broken.place().toString())
                .put("what", broken.what()));
        verified.next().ifPresent(next -> json.put("next", Cursor.show(next)));
        return json;
    }
}
