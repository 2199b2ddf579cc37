package io.muster.desk.roster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.access.Action;
import io.muster.core.access.Principal;
import io.muster.core.access.Scope;
import io.muster.core.device.Name;
import io.muster.core.device.Secret;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Registered;
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
import io.muster.desk.problem.ProblemKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Enrollments of a tenant: create, list, show, change, rotate keys.
public final class EnrollmentOperations {

    private final Registrar registrar;
    private final TenantOperations tenants;
    private final EnrollmentForm form;
    private final ProofForm proofs;
    private final Territory territory;

    public EnrollmentOperations(
            Registrar registrar, TenantOperations tenants, EnrollmentForm form, ProofForm proofs, Territory territory) {
        this.registrar = registrar;
        this.tenants = tenants;
        this.form = form;
        this.proofs = proofs;
        this.territory = territory;
    }

    public Reply create(Call call) {
        return tenants.with(call, tenant -> form.first(tenant.name(), call.body())
                .reply(enrollment ->
                        permitted(call, adding(enrollment), List.of(enrollment), () -> create(call, enrollment))));
    }

    /// Keys that nobody will ever have are shown to nobody.
    private Reply create(Call call, Enrollment enrollment) {
        return Answered.by(
                registrar.create(enrollment, call.warrant()),
                done -> Reply.created(
                        "/api/v1/tenants/" + done.tenant() + "/enrollments/" + done.name(),
                        call.dryRun() ? EnrollmentJson.show(done) : EnrollmentJson.showWithKeys(done)));
    }

    /// One device is a smaller thing than a group.
    private static Action adding(Enrollment enrollment) {
        return enrollment.individual().isPresent() ? Action.ADD_INDIVIDUAL : Action.CHANGE_ENROLLMENT;
    }

    private Reply permitted(Call call, Action action, List<Enrollment> touched, Supplier<Reply> next) {
        Principal principal = call.principal();
        boolean allowed = principal.role().allows(action)
                && touched.stream().allMatch(one -> territory.covers(principal.scope(), one));
        return allowed ? next.get() : Admitted.forbidden(principal, action);
    }

    public Reply list(Call call) {
        return tenants.with(call, tenant -> Cursor.read(call)
                .then(after -> after.isEmpty() || Name.parse(after.get()).isPresent()
                        ? Form.of(after.flatMap(Name::parse))
                        : Cursor.<Optional<Name>>malformed())
                .reply(after -> page(call, tenant, after)));
    }

    private Reply page(Call call, Tenant tenant, Optional<Name> after) {
        int limit = call.limit();
        Scope scope = call.principal().scope();
        List<Enrollment> items = registrar.enrollments(tenant.name(), scope, after, limit);
        boolean more = items.size() == limit
                && !registrar
                        .enrollments(
                                tenant.name(),
                                scope,
                                Optional.of(items.getLast().name()),
                                1)
                        .isEmpty();
        Optional<String> next = more ? Optional.of(items.getLast().name().value()) : Optional.empty();
        return Pages.of(items, next, EnrollmentJson::show);
    }

    public Reply get(Call call) {
        return with(call, enrollment -> Reply.ok(EnrollmentJson.show(enrollment)));
    }

    /// What was decided under an old version stays explained by it.
    public Reply versions(Call call) {
        return with(call, present -> Cursor.read(call)
                .then(EnrollmentOperations::before)
                .reply(before -> Pages.cut(
                        registrar.versions(present.tenant(), present.name(), before, call.limit() + 1),
                        call.limit(),
                        version -> Integer.toString(version.version()),
                        EnrollmentJson::show)));
    }

    /// A template's versions are its enrollment's.
    public Reply version(Call call) {
        int version = Integer.parseInt(call.named("version"));
        return with(call, present -> registrar.versions(present.tenant(), present.name(), version + 1, 1).stream()
                .filter(one -> one.version() == version)
                .findFirst()
                .map(one -> Reply.ok(EnrollmentJson.show(one)))
                .orElseGet(() -> Reply.refused(Problem.missing(
                        "version",
                        present.name() + "@" + version,
                        "List them with: muster enrollment versions " + present.name() + " --tenant "
                                + present.tenant()))));
    }

    private static Form<Integer> before(Optional<String> cursor) {
        try {
            return Form.of(cursor.map(Integer::valueOf).orElse(Integer.MAX_VALUE));
        } catch (NumberFormatException _) {
            return Cursor.malformed();
        }
    }

    public Reply change(Call call) {
        return with(call, present -> Expected.refusal(call, "enrollment " + present.name(), present.version())
                .orElseGet(() -> form.next(present, call.body())
                        .reply(changed -> permitted(
                                call,
                                Action.CHANGE_ENROLLMENT,
                                List.of(present, changed),
                                () -> Answered.by(
                                        registrar.change(changed, call.warrant()),
                                        done -> Reply.ok(EnrollmentJson.show(done)))))));
    }

    /// The primary key becomes the secondary one: whoever holds it goes on working until the next rotation.
    public Reply rotate(Call call) {
        return with(call, present -> switch (present.proof()) {
            case Proof.SymmetricKeys keys ->
                Expected.refusal(call, "enrollment " + present.name(), present.version())
                        .orElseGet(() -> permitted(
                                call,
                                Action.ROTATE_ENROLLMENT_KEYS,
                                List.of(present),
                                () -> rotate(call, present, keys)));
            case Proof.Authorities _, Proof.Pinned _ ->
                Reply.refused(Problem.of(
                        ProblemKind.NOT_POSSIBLE,
                        "Enrollment \"" + present.name() + "\" has no keys: its devices prove themselves by "
                                + present.proof().words() + ".",
                        "Change its certificates instead: muster enrollment change " + present.name() + " --help"));
            case Proof.TpmManufacturers _, Proof.TpmPinned _ ->
                Reply.refused(Problem.of(
                        ProblemKind.NOT_POSSIBLE,
                        "Enrollment \"" + present.name() + "\" has no keys here: each device's key is in its TPM.",
                        "Change whose TPMs may come instead: muster enrollment change " + present.name() + " --help"));
            case Proof.OneTimeTokens _ ->
                Reply.refused(Problem.of(
                        ProblemKind.NOT_POSSIBLE,
                        "Enrollment \"" + present.name()
                                + "\" has no keys: each device proves itself by a token of its own.",
                        "Revoke a token, or make another: muster token --help"));
            case Proof.Claims _ ->
                Reply.refused(Problem.of(
                        ProblemKind.NOT_POSSIBLE,
                        "Enrollment \"" + present.name()
                                + "\" has no keys: its devices share a claim until each has its certificate.",
                        "Revoke a claim, or upload another: muster claim --help"));
        });
    }

    private Reply rotate(Call call, Enrollment present, Proof.SymmetricKeys keys) {
        Secret made = proofs.newKey();
        Registered<Enrollment> registered = registrar.change(
                new Enrollment(
                        present.tenant(),
                        present.name(),
                        present.version() + 1,
                        present.individual(),
                        new Proof.SymmetricKeys(made, keys.primary()),
                        present.treatment(),
                        present.enabled()),
                call.warrant());
        return Answered.by(registered, done -> {
            ObjectNode json = JsonNodeFactory.instance
                    .objectNode()
                    .put("enrollment", done.name().value())
                    .put("version", done.version());
            return Reply.ok(call.dryRun() ? json : json.put("primaryKey", EnrollmentJson.base64(made)));
        });
    }

    private Reply with(Call call, Function<Enrollment, Reply> next) {
        return tenants.with(call, tenant -> with(call, tenant, next));
    }

    /// What is out of the caller's sight is not there.
    private Reply with(Call call, Tenant tenant, Function<Enrollment, Reply> next) {
        return with(tenant, call.named("enrollment"), call.principal().scope()::coversEnrollment, next);
    }

    /// Goes on with an enrollment, or answers that there is none.
    public Reply with(Tenant tenant, String name, Function<Enrollment, Reply> next) {
        return with(tenant, name, any -> true, next);
    }

    private Reply with(Tenant tenant, String name, Predicate<Name> seen, Function<Enrollment, Reply> next) {
        return registrar
                .enrollment(tenant.name(), new Name(name))
                .filter(found -> seen.test(found.name()))
                .map(next)
                .orElseGet(() -> Reply.refused(Problem.missing(
                        "enrollment", name, "List them with: muster enrollment list --tenant " + tenant.name())));
    }
}
