package io.muster.desk.dps;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.connectivity.Allocation;
import io.muster.core.connectivity.HookUrl;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.roster.DeviceIdTemplate;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Registrar;
import io.muster.core.roster.Treatment;
import io.muster.desk.exchange.Expected;
import java.util.List;
import java.util.Optional;

/// Shows enrollments of one tenant as Azure writes them. Keys are not in it.
final class EnrollmentWriter {

    /// In which form hooks are asked.
    private static final String HOOK_VERSION = "2021-10-01";

    private final HubHosts hubs;
    private final AttestationWriter attestations;

    EnrollmentWriter(Registrar registrar, AttestationWriter attestations, Name tenant) {
        this.hubs = new HubHosts(registrar.hubs(tenant));
        this.attestations = attestations;
    }

    ObjectNode show(Enrollment enrollment) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put(EnrollmentKind.of(enrollment).idField(), id(enrollment));
        Treatment treatment = enrollment.treatment();
        enrollment.individual().flatMap(id -> deviceId(enrollment, id)).ifPresent(id -> json.put("deviceId", id));
        json.set("attestation", attestations.show(enrollment));
        json.putObject("capabilities").put("iotEdge", false);
        allocation(json, treatment.allocation());
        json.putObject("reprovisionPolicy")
                .put("updateHubAssignment", treatment.reprovision() != Treatment.Reprovision.KEEP)
                .put("migrateDeviceData", treatment.reprovision() == Treatment.Reprovision.MIGRATE);
        json.put("provisioningStatus", enrollment.enabled() ? "enabled" : "disabled");
        json.put("etag", Expected.tag(enrollment.version()));
        return json;
    }

    static String id(Enrollment enrollment) {
        return enrollment.individual().map(RegistrationId::display).orElseGet(() -> enrollment
                .name()
                .value());
    }

    /// Not said where it is the registration id because nothing else was asked for.
    private static Optional<String> deviceId(Enrollment enrollment, RegistrationId id) {
        DeviceIdTemplate template = enrollment.treatment().deviceId();
        return template.equals(DeviceIdTemplate.REGISTRATION_ID)
                ? Optional.empty()
                : Optional.of(template.apply(enrollment.tenant(), enrollment.name(), id));
    }

    private void allocation(ObjectNode json, Allocation allocation) {
        List<Name> named =
                switch (allocation) {
                    case Allocation.Hashed(List<Name> all) -> {
                        json.put("allocationPolicy", "hashed");
                        yield all;
                    }
                    case Allocation.Custom(List<Name> all, HookUrl hook) -> {
                        json.put("allocationPolicy", "custom");
                        json.putObject("customAllocationDefinition")
                                .put("webhookUrl", hook.text())
                                .put("apiVersion", HOOK_VERSION);
                        yield all;
                    }
                    case Allocation.Static(Name hub) -> {
                        json.put("allocationPolicy", "static");
                        yield List.of(hub);
                    }
                };
        var list = json.putArray("iotHubs");
        named.forEach(hub -> list.add(hubs.shown(hub)));
    }
}
