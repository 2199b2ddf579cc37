package io.muster.desk.roster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.core.device.Name;
import io.muster.core.device.Secret;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Registered;
import io.muster.core.roster.Registrar;
import io.muster.core.roster.Tenant;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Cursor;
import io.muster.desk.exchange.Form;
import io.muster.desk.exchange.Pages;
import io.muster.desk.exchange.Reply;
import io.muster.desk.problem.Problem;
import io.muster.desk.problem.ProblemKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Enrollments of a tenant: create, list, show, change, rotate keys.
public final class EnrollmentOperations {

    private final Registrar registrar;
    private final TenantOperations tenants;
    private final EnrollmentForm form;
    private final ProofForm proofs;

    public EnrollmentOperations(Registrar registrar, TenantOperations tenants, EnrollmentForm form, ProofForm proofs) {
        this.registrar = registrar;
        this.tenants = tenants;
        this.form = form;
        this.proofs = proofs;
    }

    public Reply create(Call call) {
        return tenants.with(call, tenant -> form.first(tenant.name(), call.body())
                .reply(enrollment -> Answered.by(
                        registrar.create(enrollment, call.warrant()),
                        done -> Reply.created(
                                "/api/v1/tenants/" + done.tenant() + "/enrollments/" + done.name(),
                                EnrollmentJson.showWithKeys(done)))));
    }

    public Reply list(Call call) {
        return tenants.with(call, tenant -> Cursor.read(call)
                .then(after -> after.isEmpty() || Name.parse(after.get()).isPresent()
                        ? Form.of(after.flatMap(Name::parse))
                        : Cursor.<Optional<Name>>malformed())
                .reply(after -> page(tenant, after, call.limit())));
    }

    private Reply page(Tenant tenant, Optional<Name> after, int limit) {
        List<Enrollment> items = registrar.enrollments(tenant.name(), after, limit);
        boolean more = items.size() == limit
                && !registrar
                        .enrollments(tenant.name(), Optional.of(items.getLast().name()), 1)
                        .isEmpty();
        Optional<String> next = more ? Optional.of(items.getLast().name().value()) : Optional.empty();
        return Pages.of(items, next, EnrollmentJson::show);
    }

    public Reply get(Call call) {
        return with(call, enrollment -> Reply.ok(EnrollmentJson.show(enrollment)));
    }

    public Reply change(Call call) {
        return with(call, present -> form.next(present, call.body())
                .reply(changed -> Answered.by(
                        registrar.change(changed, call.warrant()), done -> Reply.ok(EnrollmentJson.show(done)))));
    }

    /// The primary key becomes the secondary one: whoever holds it goes on working until the next rotation.
    public Reply rotate(Call call) {
        return with(call, present -> switch (present.proof()) {
            case Proof.SymmetricKeys keys -> rotate(call, present, keys);
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
        return Answered.by(
                registered,
                done -> Reply.ok(JsonNodeFactory.instance
                        .objectNode()
                        .put("enrollment", done.name().value())
                        .put("version", done.version())
                        .put("primaryKey", EnrollmentJson.base64(made))));
    }

    private Reply with(Call call, Function<Enrollment, Reply> next) {
        return tenants.with(call, tenant -> with(tenant, call.named("enrollment"), next));
    }

    /// Goes on with an enrollment, or answers that there is none.
    public Reply with(Tenant tenant, String name, Function<Enrollment, Reply> next) {
        return registrar
                .enrollment(tenant.name(), new Name(name))
                .map(next)
                .orElseGet(() -> Reply.refused(Problem.missing(
                        "enrollment", name, "List them with: muster enrollment list --tenant " + tenant.name())));
    }
}
