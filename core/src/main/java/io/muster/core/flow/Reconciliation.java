package io.muster.core.flow;

import io.muster.core.device.Bytes;
import io.muster.core.device.Device;
import io.muster.core.device.DeviceState;
import io.muster.core.device.Name;
import io.muster.core.ledger.Certificates;
import io.muster.core.ledger.Certificates.Kept;
import io.muster.core.ledger.Devices;
import io.muster.core.ledger.Devices.CursorMalformed;
import io.muster.core.ledger.Reconcilable;
import io.muster.core.ledger.Reconcilable.Held;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Compares what a sink holds of a tenant's devices with the devices, a part at a time: first all that the sink holds,
/// then all devices. What the sink was not told yet differs, too.
public final class Reconciliation {

    private static final String THERE = "there-";
    private static final String HERE = "here-";
    private static final int DEVICES = 100;
    private static final Devices.Filter ALL =
            new Devices.Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private final Devices devices;
    private final Certificates certificates;

    public Reconciliation(Devices devices, Certificates certificates) {
        this.devices = devices;
        this.certificates = certificates;
    }

    /// How what the sink holds of a device is not as it should be.
    public enum Kind {
        /// The sink does not hold the device.
        MISSING,
        /// The sink holds a device that there is not.
        UNKNOWN,
        /// The sink holds something else of it.
        DIFFERENT
    }

    /// @param what   differs, by name
    /// @param mended whether the sink was made to hold what it should
    public record Drift(String deviceId, Kind kind, List<String> what, boolean mended) {
        public Drift {
            what = List.copyOf(what);
        }
    }

    /// @param compared how many devices were looked at
    /// @param next     where the next part begins; empty after the last
    public record Part(int compared, List<Drift> drifts, Optional<String> next) {
        public Part {
            drifts = List.copyOf(drifts);
        }
    }

    /// @param from where the part before ended; empty: at the beginning
    /// @param mend whether the sink is made to hold what it should
    public Part part(Reconcilable sink, Name tenant, Optional<String> from, boolean mend) {
        String place = from.orElse(THERE + 0);
        if (place.startsWith(HERE)) {
            String cursor = place.substring(HERE.length());
            return here(sink, tenant, Optional.of(cursor).filter(it -> !it.isEmpty()), mend);
        }
        return there(sink, tenant, offset(place), mend);
    }

    private static int offset(String place) {
        if (!place.matches(THERE + "[0-9]{1,9}")) {
            throw new CursorMalformed();
        }
        return Integer.parseInt(place.substring(THERE.length()));
    }

    private Part there(Reconcilable sink, Name tenant, int offset, boolean mend) {
        Reconcilable.Page page = sink.held(tenant, offset);
        if (page.size() == 0) {
            return new Part(0, List.of(), Optional.of(HERE));
        }
        List<Drift> drifts = new ArrayList<>();
        for (Held held : page.items()) {
            drift(sink, tenant, held, mend).ifPresent(drifts::add);
        }
        long gone = drifts.stream()
                .filter(it -> it.kind() == Kind.UNKNOWN && it.mended())
                .count();
        return new Part(page.items().size(), drifts, Optional.of(THERE + (offset + page.size() - gone)));
    }

    private Optional<Drift> drift(Reconcilable sink, Name tenant, Held held, boolean mend) {
        Optional<Device> known = devices.find(tenant, held.deviceId())
                .filter(it -> it.deviceId().equals(held.deviceId()) && isInService(it));
        if (known.isEmpty()) {
            if (mend) {
                sink.remove(tenant, held);
            }
            return Optional.of(new Drift(held.deviceId(), Kind.UNKNOWN, List.of(), mend));
        }
        List<String> what = sink.differences(held, known.get());
        return what.isEmpty()
                ? Optional.empty()
                : Optional.of(new Drift(
                        held.deviceId(),
                        Kind.DIFFERENT,
                        what,
                        mend && sink.put(known.get(), certificate(known.get()))));
    }

    private Part here(Reconcilable sink, Name tenant, Optional<String> cursor, boolean mend) {
        Devices.Page page = devices.list(tenant, ALL, cursor, DEVICES);
        List<Drift> drifts = new ArrayList<>();
        for (Device device : page.items()) {
            if (isInService(device) && !sink.holds(tenant, device.deviceId())) {
                boolean mended = mend && sink.put(device, certificate(device));
                drifts.add(new Drift(device.deviceId(), Kind.MISSING, List.of(), mended));
            }
        }
        return new Part(page.items().size(), drifts, page.next().map(it -> HERE + it));
    }

    private static boolean isInService(Device device) {
        return device.state() != DeviceState.DECOMMISSIONED;
    }

    private Optional<Bytes> certificate(Device device) {
        return device.currentCredential()
                .flatMap(it -> certificates.find(device.tenant(), it.serial()))
                .map(Kept::certificate);
    }
}
