package io.muster.desk.dps;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.core.connectivity.Allocation;
import io.muster.core.connectivity.Hub;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.roster.DeviceIdTemplate;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Registrar;
import io.muster.core.roster.Treatment;
import io.muster.core.roster.Treatment.KeyChange;
import io.muster.core.roster.Treatment.Reprovision;
import io.muster.desk.exchange.Form;
import io.muster.desk.roster.ProofForm;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads an enrollment of Azure's. What Azure can say is as the request says it; what it cannot say stays as it is;
/// what cannot be held here is refused, never dropped.
final class EnrollmentReader {

    private static final Set<String> FIELDS = Set.of(
            "registrationId",
            "enrollmentGroupId",
            "deviceId",
            "attestation",
            "allocationPolicy",
            "iotHubs",
            "iotHubHostName",
            "reprovisionPolicy",
            "provisioningStatus",
            "capabilities",
            "initialTwin",
            "optionalDeviceInformation",
            "customAllocationDefinition",
            "etag",
            "createdDateTimeUtc",
            "lastUpdatedDateTimeUtc",
            "registrationState");

    /// What has no place here, and what to do instead.
    private static final Map<String, String> NOT_HELD = Map.of(
            "capabilities", "That a device is an IoT Edge device is not held here. Leave capabilities out.",
            "initialTwin",
                    "There are no twins here: a device cannot be given an initial one. Leave initialTwin out; an object"
                            + " to hand to the device is set here: muster enrollment change --payload",
            "optionalDeviceInformation",
                    "Optional device information is not held here. Leave it out, and keep it where it is from.");

    private final Registrar registrar;
    private final AttestationForm attestations;

    EnrollmentReader(Registrar registrar, ProofForm proofs) {
        this.registrar = registrar;
        this.attestations = new AttestationForm(proofs);
    }

    /// A new enrollment under a name.
    Form<Enrollment> first(Name tenant, Name name, Optional<RegistrationId> individual, JsonNode body) {
        EnrollmentKind kind = individual.isPresent() ? EnrollmentKind.INDIVIDUAL : EnrollmentKind.GROUP;
        return read(tenant, kind, body, Optional.empty(), usual())
                .map(it -> new Enrollment(tenant, name, 1, individual, it.proof(), it.treatment(), it.enabled()));
    }

    /// The version after `present`.
    Form<Enrollment> next(Enrollment present, JsonNode body) {
        return read(
                        present.tenant(),
                        EnrollmentKind.of(present),
                        body,
                        Optional.of(present.proof()),
                        present.treatment())
                .map(it -> new Enrollment(
                        present.tenant(),
                        present.name(),
                        present.version() + 1,
                        present.individual(),
                        it.proof(),
                        it.treatment(),
                        it.enabled()));
    }

    private record Said(Proof proof, Treatment treatment, boolean enabled) {}

    private Form<Said> read(Name tenant, EnrollmentKind kind, JsonNode body, Optional<Proof> present, Treatment until) {
        return Fields.only(body, "", FIELDS)
                .then(_ -> notHeld(body))
                .then(_ -> attestations.read(tenant, kind, body.path("attestation"), present))
                .then(proof -> allocation(registrar.hubs(tenant), body).then(allocation -> reprovision(body)
                        .then(reprovision -> deviceId(kind, body).then(deviceId -> enabled(body)
                                .map(enabled -> new Said(
                                        proof, treatment(until, allocation, reprovision, deviceId), enabled))))));
    }

    private static Form<JsonNode> notHeld(JsonNode body) {
        return NOT_HELD.entrySet().stream()
                .filter(field -> !Fields.hollow(body.path(field.getKey())))
                .findFirst()
                .<Form<JsonNode>>map(field -> {
                    int end = field.getValue().indexOf(". ") + 1;
                    return Form.faulty(
                            "/" + field.getKey(),
                            field.getValue().substring(0, end),
                            field.getValue().substring(end + 1));
                })
                .orElseGet(() -> Form.of(body));
    }

    private static Treatment usual() {
        return new Treatment(
                new Allocation.Hashed(List.of()),
                Reprovision.MIGRATE,
                KeyChange.REFUSE,
                DeviceIdTemplate.REGISTRATION_ID,
                Optional.empty(),
                Optional.empty());
    }

    private static Treatment treatment(
            Treatment until, Allocation allocation, Reprovision reprovision, Optional<DeviceIdTemplate> deviceId) {
        return new Treatment(
                allocation,
                reprovision,
                until.keyChange(),
                deviceId.orElse(until.deviceId()),
                until.type(),
                until.payload(),
                until.certificates(),
                until.searchable(),
                until.admission(),
                until.template(),
                until.facts());
    }

    private static Form<Allocation> allocation(List<Hub> all, JsonNode body) {
        return AllocationForm.read(new HubHosts(all), body);
    }

    private static Form<Reprovision> reprovision(JsonNode body) {
        JsonNode policy = Fields.given(body, "reprovisionPolicy");
        if (policy.isMissingNode()) {
            return Form.of(Reprovision.MIGRATE);
        }
        String at = "/reprovisionPolicy";
        return Fields.only(policy, at, Set.of("updateHubAssignment", "migrateDeviceData"))
                .then(_ -> {
                    boolean update = policy.path("updateHubAssignment").asBoolean(false);
                    boolean migrate = policy.path("migrateDeviceData").asBoolean(false);
                    if (!update && migrate) {
                        return Form.faulty(
                                at,
                                "Data cannot migrate where the hub is never updated.",
                                "Set updateHubAssignment to true, or migrateDeviceData to false.");
                    }
                    return Form.of(update ? migrate ? Reprovision.MIGRATE : Reprovision.RESET : Reprovision.KEEP);
                });
    }

    /// A group makes the ids of its devices by a template of its own, of which Azure does not know.
    private static Form<Optional<DeviceIdTemplate>> deviceId(EnrollmentKind kind, JsonNode body) {
        return Fields.text(body, "deviceId", "/deviceId").then(text -> switch (kind) {
            case GROUP ->
                text.isEmpty()
                        ? Form.of(Optional.<DeviceIdTemplate>empty())
                        : Form.<Optional<DeviceIdTemplate>>faulty(
                                "/deviceId", "The devices of a group cannot share one device id.", "Leave it out.");
            case INDIVIDUAL ->
                text.isEmpty()
                        ? Form.of(Optional.of(DeviceIdTemplate.REGISTRATION_ID))
                        : DeviceIdTemplate.fixed(text)
                                .<Form<Optional<DeviceIdTemplate>>>map(id -> Form.of(Optional.of(id)))
                                .orElseGet(() -> Form.faulty(
                                        "/deviceId",
                                        "This cannot be a device id here.",
                                        "Use 1 to 128 characters of A-Z, a-z, 0-9, '.', '_', ':' and '-', not ending in a"
                                                + " dot."));
        });
    }

    private static Form<Boolean> enabled(JsonNode body) {
        return Fields.text(body, "provisioningStatus", "/provisioningStatus").then(text -> switch (text.toLowerCase(
                Locale.ROOT)) {
            case "", "enabled" -> Form.of(true);
            case "disabled" -> Form.of(false);
            default -> Form.faulty("/provisioningStatus", "There is no such status.", "Use enabled or disabled.");
        });
    }
}
