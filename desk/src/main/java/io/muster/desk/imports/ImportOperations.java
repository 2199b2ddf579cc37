package io.muster.desk.imports;

import io.muster.core.access.Action;
import io.muster.core.device.Name;
import io.muster.core.roster.Import;
import io.muster.core.roster.Import.Format;
import io.muster.core.roster.Import.Order;
import io.muster.core.roster.ImportId;
import io.muster.core.roster.Imports;
import io.muster.core.roster.Tenant;
import io.muster.desk.exchange.Admitted;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Cursor;
import io.muster.desk.exchange.Form;
import io.muster.desk.exchange.Pages;
import io.muster.desk.exchange.Reply;
import io.muster.desk.problem.Problem;
import io.muster.desk.roster.Answered;
import io.muster.desk.roster.TenantOperations;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Imports of a tenant: begin one with its file, list, show, cancel.
public final class ImportOperations {

    private static final Set<String> KNOWN = Set.of("format", "dryRun", "skipBad");

    private final Imports imports;
    private final TenantOperations tenants;
    private final Upload upload;

    public ImportOperations(Imports imports, TenantOperations tenants) {
        this.imports = imports;
        this.tenants = tenants;
        this.upload = new Upload(imports);
    }

    /// Begins one: its file comes next, to [#take].
    public Reply create(Call call) {
        return tenants.with(
                call,
                tenant -> call.principal().scope().coversAllOf(tenant.name())
                        ? order(call).reply(order -> begin(call, tenant, order))
                        : Admitted.forbidden(call.principal(), Action.ADD_INDIVIDUAL));
    }

    private Reply begin(Call call, Tenant tenant, Order order) {
        return Answered.by(imports.begin(tenant.name(), order, call.warrant()), ImportOperations::accepted);
    }

    /// Takes in the file of what [#create] began, to its end.
    ///
    /// @param length that the file is said to have, in bytes; -1: nobody says
    public Reply take(Call call, Reply begun, InputStream file, long length) {
        Name tenant = new Name(call.named("tenant"));
        ImportId id = ImportId.parse(begun.body().path("id").asText()).orElseThrow();
        Import receiving = imports.find(tenant, id).orElseThrow();
        return switch (upload.take(receiving, file, length)) {
            case Upload.Taken.Whole(Import whole) -> accepted(whole);
            case Upload.Taken.Not(Problem problem) -> Reply.refused(problem);
        };
    }

    public Reply list(Call call) {
        return tenants.with(call, tenant -> Cursor.read(call)
                .then(after -> after.isEmpty() || ImportId.parse(after.get()).isPresent()
                        ? Form.of(after.flatMap(ImportId::parse))
                        : Cursor.<Optional<ImportId>>malformed())
                .reply(after -> page(tenant, after, call.limit())));
    }

    private Reply page(Tenant tenant, Optional<ImportId> after, int limit) {
        List<Import> items = imports.list(tenant.name(), after, limit);
        boolean more = items.size() == limit
                && !imports.list(tenant.name(), Optional.of(items.getLast().id()), 1)
                        .isEmpty();
        Optional<String> next = more ? Optional.of(items.getLast().id().toString()) : Optional.empty();
        return Pages.of(items, next, ImportJson::summary);
    }

    public Reply get(Call call) {
        return one(call, id -> tenant -> imports.find(tenant.name(), id));
    }

    public Reply cancel(Call call) {
        return one(call, id -> tenant -> imports.cancel(tenant.name(), id));
    }

    private Reply one(Call call, Function<ImportId, Function<Tenant, Optional<Import>>> asked) {
        String id = call.named("import");
        return tenants.with(call, tenant -> ImportId.parse(id)
                .flatMap(number -> asked.apply(number).apply(tenant))
                .map(found -> Reply.ok(ImportJson.whole(found)))
                .orElseGet(() -> Reply.refused(Problem.missing(
                        "import", id, "List them with: muster import list --tenant " + tenant.name()))));
    }

    private static Form<Order> order(Call call) {
        Optional<String> stranger = call.query().keySet().stream()
                .filter(name -> !KNOWN.contains(name))
                .findFirst();
        if (stranger.isPresent()) {
            return Form.faulty(
                    "query",
                    "The query has a parameter that is not known here.",
                    "Known here: format," + " dryRun, skipBad, each once.");
        }
        Form<Format> format = ImportJson.format(call.asked("format").orElse(""))
                .<Form<Format>>map(Form::of)
                .orElseGet(() -> Form.faulty(
                        "format",
                        "The format of the file is not named, or not known.",
                        "Use csv, jsonl, azure-dps or" + " aws-iot."));
        boolean groups = call.principal().may(Action.CHANGE_ENROLLMENT, new Name(call.named("tenant")));
        return format.then(known -> flag(call, "dryRun")
                .then(dryRun -> flag(call, "skipBad").map(skipBad -> new Order(known, dryRun, skipBad, groups))));
    }

    private static Form<Boolean> flag(Call call, String name) {
        return switch (call.asked(name).orElse("false")) {
            case "true" -> Form.of(true);
            case "false" -> Form.of(false);
            default -> Form.faulty(name, "The parameter is neither true nor false.", "Use true or false.");
        };
    }

    private static Reply accepted(Import work) {
        String location = "/api/v1/tenants/" + work.tenant() + "/imports/" + work.id();
        return new Reply(202, Reply.JSON, Map.of("Location", location), ImportJson.whole(work));
    }
}
