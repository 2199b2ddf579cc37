package io.muster.desk.roster;

import io.muster.core.roster.CertificateProfile;
import io.muster.core.roster.Registrar;
import io.muster.core.roster.Tenant;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Cursor;
import io.muster.desk.exchange.Expected;
import io.muster.desk.exchange.Pages;
import io.muster.desk.exchange.Reply;
import io.muster.desk.problem.Problem;
import java.util.Comparator;
import java.util.function.Function;

/// Certificate profiles of a tenant: create, list, show, change.
public final class ProfileOperations {

    private final Registrar registrar;
    private final TenantOperations tenants;

    public ProfileOperations(Registrar registrar, TenantOperations tenants) {
        this.registrar = registrar;
        this.tenants = tenants;
    }

    public Reply create(Call call) {
        return tenants.with(call, tenant -> ProfileForm.first(tenant.name(), call.body())
                .reply(profile -> Answered.by(
                        registrar.create(profile, call.warrant()),
                        done -> Reply.created(
                                "/api/v1/tenants/" + done.tenant() + "/certificate-profiles/" + done.name(),
                                ProfileForm.show(done)))));
    }

    public Reply list(Call call) {
        return tenants.with(call, tenant -> Cursor.read(call)
                .reply(after -> Pages.cut(
                        registrar.profiles(tenant.name()).stream()
                                .sorted(Comparator.comparing(CertificateProfile::name))
                                .filter(profile -> after.isEmpty()
                                        || profile.name().value().compareTo(after.get()) > 0)
                                .limit(call.limit() + 1L)
                                .toList(),
                        call.limit(),
                        profile -> profile.name().value(),
                        ProfileForm::show)));
    }

    public Reply get(Call call) {
        return with(call, profile -> Reply.ok(ProfileForm.show(profile)));
    }

    public Reply change(Call call) {
        return with(call, present -> Expected.refusal(call, "certificate profile " + present.name(), present.version())
                .orElseGet(() -> ProfileForm.next(present, call.body())
                        .reply(changed -> Answered.by(
                                registrar.change(changed, call.warrant()), done -> Reply.ok(ProfileForm.show(done))))));
    }

    private Reply with(Call call, Function<CertificateProfile, Reply> next) {
        return tenants.with(call, tenant -> with(tenant, call.named("profile"), next));
    }

    private Reply with(Tenant tenant, String name, Function<CertificateProfile, Reply> next) {
        return registrar.profiles(tenant.name()).stream()
                .filter(profile -> profile.name().value().equals(name))
                .findFirst()
                .map(next)
                .orElseGet(() -> Reply.refused(Problem.missing(
                        "certificate profile", name, "List them with: muster profile list --tenant " + tenant.name())));
    }
}
