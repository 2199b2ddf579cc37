package io.muster.desk.testkit;

import io.muster.core.access.Scope;
import io.muster.core.device.Device;
import io.muster.core.device.Fact;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.AttemptId;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Attempts;
import io.muster.core.ledger.Devices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Devices and attempts in memory.
public final class MemoryLedger implements Devices, Attempts {

    private final List<Device> devices = new ArrayList<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<RuntimeException> failures = new ArrayList<>();
    private final List<CountDownLatch> latches = new CopyOnWriteArrayList<>();

    public synchronized void clear() {
        devices.clear();
        attempts.clear();
        failures.clear();
        latches.clear();
    }

    public synchronized void holds(Device device) {
        devices.add(device);
    }

    /// Puts a changed device in the place of what it was.
    synchronized void changes(Device device) {
        devices.replaceAll(one -> one.id().equals(device.id()) ? device : one);
    }

    synchronized List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    public synchronized void holds(Attempt attempt) {
        attempts.addFirst(attempt);
    }

    @Override
    public synchronized Optional<Device> find(Name tenant, String id) {
        return devices.stream()
                .filter(device -> device.tenant().equals(tenant))
                .filter(device -> device.registrationId().canonical().equalsIgnoreCase(id)
                        || device.deviceId().equalsIgnoreCase(id))
                .findFirst();
    }

    @Override
    public synchronized Page list(Name tenant, Filter filter, Optional<String> cursor, int limit) {
        int from = cursor.map(MemoryLedger::index).orElse(0);
        List<Device> wanted =
                devices.stream().filter(wanted(tenant, filter)).skip(from).toList();
        List<Device> page = wanted.subList(0, Math.min(limit, wanted.size()));
        return new Page(page, wanted.size() > limit ? Optional.of("at/" + (from + limit)) : Optional.empty());
    }

    /// From now on the census fails like this.
    public synchronized void failsWith(RuntimeException failure) {
        failures.add(failure);
    }

    /// From now on the census waits for this.
    public void waitsFor(CountDownLatch latch) {
        latches.add(latch);
    }

    @Override
    public Census census() {
        latches.forEach(MemoryLedger::await);
        return counted();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Nobody opened the latch");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private synchronized Census counted() {
        for (RuntimeException failure : failures) {
            throw failure;
        }
        return new Census(devices.size(), devices.size() * 1_500L);
    }

    @Override
    public synchronized List<Attempt> of(Name tenant, Scope scope, RegistrationId name, int limit) {
        return attempts.stream()
                .filter(attempt -> attempt.tenant().equals(tenant)
                        && attempt.registrationId().equals(name))
                .filter(attempt -> inSight(scope, attempt))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<Attempt> find(Name tenant, AttemptId id) {
        return attempts.stream()
                .filter(attempt ->
                        attempt.tenant().equals(tenant) && attempt.id().equals(id))
                .findFirst();
    }

    private boolean inSight(Scope scope, Attempt attempt) {
        boolean enrollment = scope.enrollments().isEmpty()
                || attempt.origin()
                        .filter(origin -> scope.coversEnrollment(origin.enrollment()))
                        .isPresent();
        return enrollment
                && (scope.regions().isEmpty()
                        || find(attempt.tenant(), attempt.registrationId().canonical())
                                .filter(device ->
                                        scope.coversRegion(device.assignment().region()))
                                .isPresent());
    }

    private static Predicate<Device> wanted(Name tenant, Filter filter) {
        return device -> device.tenant().equals(tenant)
                && filter.scope().coversEnrollment(device.origin().enrollment())
                && filter.scope().coversRegion(device.assignment().region())
                && filter.enrollment().map(device.origin().enrollment()::equals).orElse(true)
                && filter.region().map(device.assignment().region()::equals).orElse(true)
                && filter.hub().map(device.assignment().hub()::equals).orElse(true)
                && filter.state().map(device.state()::equals).orElse(true)
                && (filter.type().isEmpty() || filter.type().equals(device.type()))
                && filter.fact().map(fact -> says(device, fact)).orElse(true);
    }

    /// Facts at the top of what a device says, all of them searchable.
    private static boolean says(Device device, Fact fact) {
        String member = "\"" + fact.name().pointer().substring(1) + "\":\"" + fact.value() + "\"";
        return device.payload().filter(said -> said.text().contains(member)).isPresent();
    }

    private static int index(String cursor) {
        if (!cursor.startsWith("at/")) {
            throw new CursorMalformed();
        }
        return Integer.parseInt(cursor.substring(3));
    }
}
