package io.muster.core.device;

/// Where a device stands in its life.
public enum DeviceState {
    /// May enroll and connect.
    ENABLED,
    /// Known, and refused at every door until an operator releases it.
    QUARANTINED,
    /// Out of service for good: its names and keys are blocked.
    DECOMMISSIONED
}
