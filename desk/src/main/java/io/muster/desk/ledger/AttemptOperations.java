package io.muster.desk.ledger;

import io.muster.core.access.Scope;
import io.muster.core.device.Device;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.AttemptId;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Attempts;
import io.muster.core.ledger.Devices;
import io.muster.core.roster.Tenant;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Pages;
import io.muster.desk.exchange.Reply;
import io.muster.desk.problem.Problem;
import io.muster.desk.roster.TenantOperations;
import java.util.List;
import java.util.Optional;

/// Attempts with their decisions: those under a name, or one by its number.
public final class AttemptOperations {

    private final Attempts attempts;
    private final Devices devices;
    private final TenantOperations tenants;

    public AttemptOperations(Attempts attempts, Devices devices, TenantOperations tenants) {
        this.attempts = attempts;
        this.devices = devices;
        this.tenants = tenants;
    }

    /// A name that was refused has attempts and no device; an outward id has a device, and its attempts stand under
    /// the registration id.
    public Reply list(Call call) {
        String id = call.named("device");
        return tenants.with(call, tenant -> {
            List<Attempt> found = registrationId(tenant, id)
                    .map(name -> attempts.of(tenant.name(), call.principal().scope(), name, call.limit()))
                    .orElse(List.of());
            return found.isEmpty()
                    ? Reply.refused(noneUnder(id))
                    : Pages.of(found, Optional.empty(), AttemptJson::show);
        });
    }

    public Reply get(Call call) {
        String id = call.named("attempt");
        return tenants.with(call, tenant -> AttemptId.parse(id)
                .flatMap(attempt -> attempts.find(tenant.name(), attempt))
                .filter(attempt -> inSight(call, tenant, attempt))
                .map(attempt -> Reply.ok(AttemptJson.show(attempt)))
                .orElseGet(() -> Reply.refused(Problem.missing(
                        "attempt",
                        id,
                        "Kept are the last 8 attempts of a device and all of the last 7 days, of this tenant only."))));
    }

    /// An attempt is at its enrollment, and where its device is.
    private boolean inSight(Call call, Tenant tenant, Attempt attempt) {
        Scope scope = call.principal().scope();
        boolean enrollment = scope.enrollments().isEmpty()
                || attempt.origin()
                        .filter(origin -> scope.coversEnrollment(origin.enrollment()))
                        .isPresent();
        return enrollment
                && (scope.regions().isEmpty()
                        || devices.find(tenant.name(), attempt.registrationId().canonical())
                                .filter(device ->
                                        scope.coversRegion(device.assignment().region()))
                                .isPresent());
    }

    private Optional<RegistrationId> registrationId(Tenant tenant, String id) {
        Optional<RegistrationId> known = devices.find(tenant.name(), id).map(Device::registrationId);
        return known.isPresent() ? known : RegistrationId.parse(id);
    }

    private static Problem noneUnder(String id) {
        return Problem.missing(
                "device or attempt",
                id,
                "Either it never reached this server, or nobody here recognized it: callers that no enrollment knows "
                        + "are counted, not kept. Check its ID scope, its registration id and its enrollment.");
    }
}
