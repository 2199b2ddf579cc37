package io.muster.desk.certificates;

import io.muster.core.access.Scope;
import io.muster.core.device.Credential;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Serial;
import io.muster.core.issuance.RenewalWindow;
import io.muster.core.ledger.Certificates;
import io.muster.core.ledger.Devices;
import io.muster.core.roster.Registrar;
import io.muster.core.roster.Tenant;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Cursor;
import io.muster.desk.exchange.Pages;
import io.muster.desk.exchange.Reply;
import io.muster.desk.exchange.Sight;
import io.muster.desk.exchange.Spelling;
import io.muster.desk.problem.Problem;
import io.muster.desk.roster.TenantOperations;
import java.time.Instant;
import java.util.Optional;

/// Certificates of a tenant's devices: list, show, revoke.
public final class CertificateOperations {

    private final Certificates certificates;
    private final Devices devices;
    private final Registrar registrar;
    private final TenantOperations tenants;

    public CertificateOperations(
            Certificates certificates, Devices devices, Registrar registrar, TenantOperations tenants) {
        this.certificates = certificates;
        this.devices = devices;
        this.registrar = registrar;
        this.tenants = tenants;
    }

    public Reply list(Call call) {
        return tenants.with(call, tenant -> Cursor.read(call).reply(place -> page(call, tenant, place)));
    }

    public Reply get(Call call) {
        String serial = call.named("serial");
        return tenants.with(call, tenant -> Serial.parse(serial)
                .flatMap(number -> inSight(call, tenant, number))
                .map(this::shown)
                .orElseGet(() -> missing(tenant, serial)));
    }

    /// Revoking again is no fault: what the caller wants is so.
    public Reply revoke(Call call) {
        String serial = call.named("serial");
        var reason = Spelling.read(
                Certificates.Reason.class, call.body().path("reason").asText());
        return tenants.with(call, tenant -> Serial.parse(serial)
                .filter(number -> inSight(call, tenant, number).isPresent())
                .map(number -> certificates.revoke(tenant.name(), number, reason, call.warrant()))
                .map(revoked -> switch (revoked) {
                    case Certificates.Revoked.Done(Certificates.Kept certificate) -> shown(certificate);
                    case Certificates.Revoked.Already(Certificates.Kept certificate) -> shown(certificate);
                    case Certificates.Revoked.Unknown() -> missing(tenant, serial);
                })
                .orElseGet(() -> missing(tenant, serial)));
    }

    /// A certificate is where its device is.
    private Optional<Certificates.Kept> inSight(Call call, Tenant tenant, Serial serial) {
        Scope scope = call.principal().scope();
        return certificates
                .find(tenant.name(), serial)
                .filter(kept -> !scope.narrowed()
                        || devices.find(tenant.name(), kept.registrationId().canonical())
                                .filter(device -> Sight.of(scope, device))
                                .isPresent());
    }

    private Reply page(Call call, Tenant tenant, Optional<String> place) {
        try {
            Certificates.Page page = certificates.list(tenant.name(), filter(call), place, call.limit());
            return Pages.of(page.items(), page.next(), CertificateJson::summary);
        } catch (Devices.CursorMalformed _) {
            return Cursor.<Reply>malformed().reply(reply -> reply);
        }
    }

    /// The contract lets only registration ids and states pass.
    private static Certificates.Filter filter(Call call) {
        return new Certificates.Filter(
                call.asked("registrationId").flatMap(RegistrationId::parse),
                call.asked("state").map(state -> Spelling.read(Credential.State.class, state)),
                call.principal().scope());
    }

    private Reply shown(Certificates.Kept certificate) {
        return Reply.ok(CertificateJson.whole(certificate, renewAfter(certificate)));
    }

    /// Known where the certificate still proves its device, and its enrollment is there.
    private Optional<Instant> renewAfter(Certificates.Kept kept) {
        return Optional.of(kept.credential()).filter(Credential::proves).flatMap(credential -> registrar
                .enrollment(kept.tenant(), kept.enrollment())
                .map(enrollment ->
                        RenewalWindow.opens(credential, enrollment.treatment().certificates())));
    }

    private static Reply missing(Tenant tenant, String serial) {
        return Reply.refused(Problem.missing(
                "certificate",
                serial,
                "Give the serial number in hexadecimal, as openssl x509 -noout -serial prints it. List them with: "
                        + "muster cert list --tenant " + tenant.name()));
    }
}
