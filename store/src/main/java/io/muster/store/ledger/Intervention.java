package io.muster.store.ledger;

import io.muster.core.access.Warrant;
import io.muster.core.device.Credential;
import io.muster.core.device.Device;
import io.muster.core.device.DeviceState;
import io.muster.core.ledger.Audit.Kind;
import io.muster.core.ledger.Certificates;
import io.muster.store.lane.BindingRow;
import io.muster.store.lane.OperationEnd;
import io.muster.store.sealing.Octets;
import java.time.Instant;
import java.util.List;

/// An operator's act on a device.
///
/// @param before the device as it was read
/// @param device as it is from then on
/// @param end    what it does to certificates
/// @param moved  names and keys that stand elsewhere from then on
/// @param ended  operations that end with it
record Intervention(
        Deed deed, Device before, Device device, End end, List<BindingRow> moved, List<OperationEnd> ended) {

    /// @param detail what was done and why, in words
    /// @param act    a random id
    record Deed(Kind kind, String detail, Warrant warrant, Instant at, Octets act) {}

    /// @param credentials in their new state
    record End(List<Credential> credentials, Certificates.Reason reason) {
        static final End NONE = new End(List.of(), Certificates.Reason.UNSPECIFIED);
    }

    /// The device one version later.
    static Device next(Device device, DeviceState state, List<Credential> credentials, Instant now) {
        return new Device(
                device.id(),
                device.tenant(),
                device.registrationId(),
                device.deviceId(),
                device.version() + 1,
                state,
                device.origin(),
                device.type(),
                device.identityKeys(),
                credentials,
                device.assignment(),
                device.payload(),
                device.thing(),
                device.createdAt(),
                now);
    }
}
