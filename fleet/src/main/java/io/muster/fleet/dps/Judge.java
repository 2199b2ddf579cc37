package io.muster.fleet.dps;

import io.muster.fleet.device.Device;

/// Verifies answers: the wall behind which an answer is believed.
public interface Judge {

    /// The verdict on an answer that `device` got.
    Judgment judge(Device device, Reply reply);
}
