package io.muster.outlets.hono;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.core.device.DeviceId;
import io.muster.core.device.Name;
import io.muster.core.ledger.Event;
import io.muster.core.ledger.Event.Ended;
import io.muster.core.ledger.Sink;
import io.muster.core.ledger.SinkUnavailable;
import io.muster.outlets.event.Waves;
import io.muster.outlets.http.HttpClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/// A sink that keeps the registry as the newest event of each device says. An event counts when the registry holds
/// what it says, or something newer.
public final class DeviceRegistry implements Sink, AutoCloseable {

    /// Somebody else writes the same device at the same moment; not for ever.
    private static final int MOST_TRIES = 5;

    private final Registry registry;
    private final HttpClient client;
    private final Set<Name> tenants;
    private final ExecutorService threads;

    private DeviceRegistry(Registry registry, HttpClient client, Set<Name> tenants, int parallel) {
        this.registry = registry;
        this.client = client;
        this.tenants = Set.copyOf(tenants);
        this.threads = Executors.newFixedThreadPool(
                parallel, Thread.ofVirtual().name("hono-", 0).factory());
    }

    /// @param base     with the version, such as `https://registry.example.com/v1`
    /// @param tenants  whose devices the registry holds; empty for all
    /// @param parallel devices that are written at once
    public static DeviceRegistry of(
            URI base, Access access, HttpClient client, Set<Name> tenants, int parallel, InstantSource clock) {
        return new DeviceRegistry(new Registry(base, access, client, clock), client, tenants, parallel);
    }

    @Override
    public List<Poison> deliver(List<Event> events) {
        List<Poison> refused = new ArrayList<>();
        for (List<Event> wave : Waves.of(events.stream().filter(this::isHere).toList())) {
            refused.addAll(deliverWave(wave));
        }
        return refused;
    }

    private boolean isHere(Event event) {
        return tenants.isEmpty() || tenants.contains(event.tenant());
    }

    private List<Poison> deliverWave(List<Event> wave) {
        AtomicReference<Optional<SinkUnavailable>> obstacle = new AtomicReference<>(Optional.empty());
        Queue<Poison> refused = new ConcurrentLinkedQueue<>();
        List<Callable<Boolean>> tasks = new ArrayList<>();
        wave.forEach(event -> tasks.add(() -> told(event, refused, obstacle)));
        try {
            for (Future<Boolean> each : threads.invokeAll(tasks)) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("writing to the registry failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SinkUnavailable("The server stops.", e);
        } catch (RejectedExecutionException e) {
            throw new SinkUnavailable("The server stops.", e);
        }
        obstacle.get().ifPresent(later -> {
            throw later;
        });
        return List.copyOf(refused);
    }

    /// When one finds that the registry takes nothing now, the others do not ask it any more.
    private boolean told(Event event, Queue<Poison> refused, AtomicReference<Optional<SinkUnavailable>> obstacle) {
        try {
            if (obstacle.get().isEmpty()) {
                tell(event);
            }
            return true;
        } catch (Refusal e) {
            return refused.add(new Poison(event, String.valueOf(e.getMessage())));
        } catch (SinkUnavailable e) {
            return obstacle.compareAndSet(Optional.empty(), Optional.of(e));
        }
    }

    private void tell(Event event) throws Refusal {
        switch (event) {
            case Event.Changed changed
            when changed.type() == Event.Type.DECOMMISSIONED ->
                remove(changed.tenant(), changed.portrait().deviceId(), changed.device());
            case Event.Changed changed -> {
                put(Registration.of(changed));
                certify(changed);
            }
            case Event.Erased erased -> erase(erased);
        }
    }

    private void put(Registration device) throws Refusal {
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

    private void certify(Event.Changed event) throws Refusal {
        List<String> revoked = event.ended().stream()
                .filter(it -> it.state() == Ended.State.REVOKED)
                .map(it -> it.serial().toString())
                .toList();
        Optional<Certificate> issued = event.issued().stream()
                .filter(it -> !it.subject().isEmpty())
                .map(it -> new Certificate(it.serial().toString(), event.version(), it.subject(), it.notAfter()))
                .reduce((_, last) -> last);
        if (issued.isPresent() || !revoked.isEmpty()) {
            change(event.tenant(), event.portrait().deviceId(), held -> {
                JsonNode rest = Certificate.without(held, revoked);
                return issued.<JsonNode>map(it -> it.over(rest)).orElse(rest);
            });
        }
    }

    private void change(Name tenant, String device, UnaryOperator<JsonNode> change) throws Refusal {
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
    private void remove(Name tenant, String id, DeviceId subject) {
        for (int i = 0; i < MOST_TRIES; i++) {
            Optional<Versioned> held =
                    registry.device(tenant, id).filter(it -> Registration.isOf(subject, it.content()));
            if (held.isEmpty() || registry.delete(tenant, id, held.get().version())) {
                return;
            }
        }
        throw changing();
    }

    /// Its name is not known any more: it is found by the one name that stays.
    private void erase(Event.Erased event) {
        registry.having(
                        event.tenant(),
                        Registration.SUBJECT_POINTER,
                        event.device().toString())
                .forEach(found -> remove(event.tenant(), found.path("id").asText(), event.device()));
    }

    private static SinkUnavailable changing() {
        return new SinkUnavailable("Somebody else changes the same device in the registry.", Duration.ZERO);
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        client.close();
    }
}
