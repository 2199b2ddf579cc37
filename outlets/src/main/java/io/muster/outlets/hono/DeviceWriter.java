package io.muster.outlets.hono;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.core.device.Name;
import io.muster.core.ledger.SinkUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Changes devices in the registry, where others change them, too: it looks, writes what it looked at, and looks again
/// when somebody else was faster.
final class DeviceWriter {

    /// Somebody else writes the same device at the same moment; not for ever.
    private static final int MOST_TRIES = 5;

    private final Registry registry;

    DeviceWriter(Registry registry) {
        this.registry = registry;
    }

    void put(Registration device) throws Refusal {
        for (int i = 0; i < MOST_TRIES; i++) {
            Optional<Versioned> held = registry.device(device.tenant(), device.deviceId());
            if (held.isEmpty() ? created(device) : updated(device, held.get())) {
                return;
            }
        }
        throw changing();
    }

    private boolean created(Registration device) throws Refusal {
        return registry.create(device.tenant(), device.deviceId(), device.over(Optional.empty()));
    }

    private boolean updated(Registration device, Versioned held) throws Refusal {
        return device.isBefore(held.content())
                || registry.update(
                        device.tenant(), device.deviceId(), device.over(Optional.of(held.content())), held.version());
    }

    void changeCredentials(Name tenant, String device, UnaryOperator<JsonNode> change) throws Refusal {
        for (int i = 0; i < MOST_TRIES; i++) {
            Optional<Versioned> held = registry.credentials(tenant, device);
            if (held.isEmpty()) {
                return;
            }
            JsonNode changed = change.apply(held.get().content());
            if (changed.equals(held.get().content())
                    || registry.setCredentials(
                            tenant, device, changed, held.get().version())) {
                return;
            }
        }
        throw changing();
    }

    /// Only what this device has there: its name may be another one's by now.
    void remove(Name tenant, String id, String subject) {
        for (int i = 0; i < MOST_TRIES; i++) {
            Optional<Versioned> held =
                    registry.device(tenant, id).filter(it -> subject.equals(Registration.subject(it.content())));
            if (held.isEmpty() || registry.delete(tenant, id, held.get().version())) {
                return;
            }
        }
        throw changing();
    }

    private static SinkUnavailable changing() {
        return new SinkUnavailable("Somebody else changes the same device in the registry.", Duration.ZERO);
    }
}
