package io.muster.desk.testkit;

import io.muster.core.access.Warrant;
import io.muster.core.device.Device;
import io.muster.core.device.DeviceState;
import io.muster.core.device.Name;
import io.muster.core.ledger.Custody;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes devices in memory away, with the rules that its port promises.
public final class MemoryCustody implements Custody {

    private final MemoryLedger ledger;
    private final List<String> told = new ArrayList<>();

    MemoryCustody(MemoryLedger ledger) {
        this.ledger = ledger;
    }

    /// Who did it, and why, in one line each.
    public synchronized List<String> told() {
        return List.copyOf(told);
    }

    @Override
    public Taken quarantine(Name tenant, String device, Reason reason, Warrant warrant) {
        return take(tenant, device, DeviceState.QUARANTINED, reason, warrant);
    }

    @Override
    public Taken release(Name tenant, String device, Reason reason, Warrant warrant) {
        return take(tenant, device, DeviceState.ENABLED, reason, warrant);
    }

    @Override
    public Taken decommission(Name tenant, String device, Reason reason, Warrant warrant) {
        return take(tenant, device, DeviceState.DECOMMISSIONED, reason, warrant);
    }

    private synchronized Taken take(Name tenant, String id, DeviceState state, Reason reason, Warrant warrant) {
        Optional<Device> found = ledger.find(tenant, id);
        if (found.isEmpty()) {
            return new Taken.Unknown();
        }
        Device device = found.get();
        if (device.state() == state) {
            return new Taken.Already(device);
        }
        if (device.state() == DeviceState.DECOMMISSIONED) {
            return new Taken.Gone(device);
        }
        Device next = Samples.in(device, state);
        if (!warrant.dryRun()) {
            ledger.changes(next);
            told.add(warrant.actor() + ": " + reason.text());
        }
        return new Taken.Done(next);
    }

    @Override
    public Optional<List<Binding>> bindings(Name tenant, String device) {
        return ledger.find(tenant, device)
                .map(it -> List.of(new Binding(
                        Binding.Kind.REGISTRATION_ID,
                        it.registrationId().display(),
                        it.state() == DeviceState.DECOMMISSIONED ? Binding.Standing.BLOCKED : Binding.Standing.BOUND)));
    }
}
