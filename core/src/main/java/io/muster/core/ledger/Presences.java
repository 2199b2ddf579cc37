package io.muster.core.ledger;

import io.muster.core.device.Device;
import io.muster.core.device.DeviceId;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import java.util.List;
import java.util.Optional;

/// Which devices are connected, on all nodes together. Throws [LedgerUnavailable] as the ledger does.
public interface Presences {

    /// Keeps what this node noted, in one transaction, and that this node is alive: devices of a node that was not
    /// alive for a minute are connected no longer. What became of a device at another node since is not undone.
    /// What is of a device that is no more is dropped.
    void keep(List<Noted> noted);

    /// Empty for a device that never connected.
    Optional<Presence> of(Device device);

    /// What one node noted of a device.
    ///
    /// @param arrival whether the device came to this node since it was last kept: then it is nowhere else
    record Noted(Name tenant, RegistrationId registrationId, DeviceId id, Presence presence, boolean arrival) {

        /// The newer of the two, where the older was not kept yet.
        public Noted after(Noted older) {
            return new Noted(tenant, registrationId, id, presence, arrival || older.arrival);
        }

        /// Names a device: it is not printed.
        @Override
        public String toString() {
            return "a presence";
        }
    }
}
