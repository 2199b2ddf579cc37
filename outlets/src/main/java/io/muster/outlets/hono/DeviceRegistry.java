package io.muster.outlets.hono;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.core.device.Bytes;
import io.muster.core.device.Device;
import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.ledger.Event;
import io.muster.core.ledger.Event.Ended;
import io.muster.core.ledger.Reconcilable;
import io.muster.core.ledger.Sink;
import io.muster.core.ledger.SinkUnavailable;
import io.muster.outlets.event.Waves;
import io.muster.outlets.http.HttpClient;
import java.io.IOException;
import java.net.URI;
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

/// A sink that keeps the registry as the newest event of each device says. An event counts when the registry holds
/// what it says, or something newer. Several threads may ask it what it holds meanwhile.
public final class DeviceRegistry implements Sink, Reconcilable, AutoCloseable {

    private final Registry registry;
    private final DeviceWriter writer;
    private final HttpClient client;
    private final Set<Name> tenants;
    private final ExecutorService threads;

    private DeviceRegistry(Registry registry, HttpClient client, Set<Name> tenants, int parallel) {
        this.registry = registry;
        this.writer = new DeviceWriter(registry);
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
        for (List<Event> wave :
                Waves.of(events.stream().filter(event -> isHere(event.tenant())).toList())) {
            refused.addAll(deliverWave(wave));
        }
        return refused;
    }

    private boolean isHere(Name tenant) {
        return tenants.isEmpty() || tenants.contains(tenant);
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
                writer.remove(
                        changed.tenant(),
                        changed.portrait().deviceId(),
                        changed.device().toString());
            case Event.Changed changed -> {
                writer.put(Registration.of(changed));
                certify(changed);
            }
            case Event.Erased erased -> erase(erased);
        }
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
            writer.changeCredentials(event.tenant(), event.portrait().deviceId(), held -> {
                JsonNode rest = Certificate.without(held, revoked);
                return issued.<JsonNode>map(it -> it.over(rest)).orElse(rest);
            });
        }
    }

    /// Its name is not known any more: it is found by the one name that stays.
    private void erase(Event.Erased event) {
        registry.having(
                        event.tenant(),
                        Registration.SUBJECT_POINTER,
                        event.device().toString())
                .forEach(found -> writer.remove(
                        event.tenant(),
                        found.path("id").asText(),
                        event.device().toString()));
    }

    @Override
    public Page held(Name tenant, int offset) {
        List<JsonNode> page = isHere(tenant) ? registry.page(tenant, offset) : List.of();
        return new Page(
                page.stream()
                        .filter(Registration::isOurs)
                        .map(it -> new Held(it.path("id").asText(), new Json(it.toString())))
                        .toList(),
                page.size());
    }

    @Override
    public boolean holds(Name tenant, String deviceId) {
        return !isHere(tenant)
                || registry.device(tenant, deviceId)
                        .filter(it -> Registration.isOurs(it.content()))
                        .isPresent();
    }

    @Override
    public List<String> differences(Held held, Device device) {
        return Registration.of(device).differences(Registration.read(held.content()));
    }

    @Override
    public boolean put(Device device, Optional<Bytes> certificate) {
        try {
            writer.put(Registration.of(device));
            Optional<Certificate> newest = device.currentCredential()
                    .flatMap(it -> certificate.map(der -> Certificate.of(der, it.serial(), device.version())));
            if (newest.isPresent()) {
                writer.changeCredentials(device.tenant(), device.deviceId(), newest.get()::over);
            }
            return true;
        } catch (Refusal e) {
            return false;
        }
    }

    @Override
    public void remove(Name tenant, Held held) {
        writer.remove(tenant, held.deviceId(), Registration.subject(Registration.read(held.content())));
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        client.close();
    }
}
