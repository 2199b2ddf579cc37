package io.muster.doors.hub;

import io.muster.core.device.Device;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.Admitted;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.HubAdmission;
import io.muster.core.door.HubRequest;
import io.muster.core.door.Parting;
import io.muster.core.door.Refusal;
import io.muster.core.door.Stay;
import io.muster.core.permission.Rights;
import io.muster.core.telemetry.Message;
import io.muster.core.telemetry.Telemetry;
import io.muster.core.telemetry.TelemetryUnavailable;
import io.muster.doors.testkit.ObedientReception;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// What is behind the door: lets in whom it is told to, and remembers what it was asked.
final class ObedientHub implements HubAdmission, Telemetry {

    static final String DEVICE = "dev-pump-1";

    final List<HubRequest> requests = new CopyOnWriteArrayList<>();
    final List<Runnable> stays = new CopyOnWriteArrayList<>();
    final List<Parting> partings = new CopyOnWriteArrayList<>();
    final List<Message> messages = new CopyOnWriteArrayList<>();

    volatile Optional<Refusal> refusal = Optional.empty();
    volatile boolean quarantined;
    volatile boolean full;

    @Override
    public Admitted admit(HubRequest request) {
        requests.add(request);
        Rights rights = request.host().isPresent() ? new Rights.HubTopics(DEVICE) : new Rights.OwnTopics(DEVICE);
        return refusal.<Admitted>map(it -> new Admitted.Refused(ObedientReception.ATTEMPT, it))
                .orElseGet(() -> known(quarantined ? rights.heardOnly() : rights));
    }

    static Admitted.Known known(Rights rights) {
        RegistrationId name = RegistrationId.parse("pump-1").orElseThrow();
        Device device = ObedientReception.device(name);
        return new Admitted.Known(
                device,
                new EnrollmentRequest("hub-mqtt", Optional.empty(), name, List.of(), Optional.empty(), "127.0.0.1"),
                rights);
    }

    @Override
    public Stay stay(Admitted.Inside inside, Runnable ends) {
        stays.add(ends);
        return new Stay() {
            @Override
            public void heard() {}

            @Override
            public void leave(Parting parting) {
                stays.remove(ends);
                partings.add(parting);
            }
        };
    }

    @Override
    public void accept(Message message) {
        if (full) {
            throw new TelemetryUnavailable("The disk is full.");
        }
        messages.add(message);
    }
}
