package io.muster.fleet.dps;

import io.muster.fleet.channel.Judgment;
import io.muster.fleet.channel.Reply;
import io.muster.fleet.device.Device;

/// Verifies answers: the wall behind which an answer is believed.
public interface Judge {

    /// The verdict on an answer that `device` got.
    Judgment<Ending> judge(Device device, Reply reply);
}
