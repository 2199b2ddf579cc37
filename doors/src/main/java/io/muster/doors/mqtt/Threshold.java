package io.muster.doors.mqtt;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What all connections share: the doors, the limits, who is in.
///
/// @param threads where doors and guests are called; they may block there
record Threshold(List<MqttDoor> doors, MqttLimits limits, Guests guests, Executor threads) {

    private static final Logger LOG = LoggerFactory.getLogger(Threshold.class);

    Threshold {
        doors = List.copyOf(doors);
    }

    /// Never throws: a fault of a door ends here, and the caller learns nothing of it.
    Welcome judge(MqttConnect connect) {
        try {
            for (MqttDoor door : doors) {
                Optional<Welcome> welcome = door.connect(connect);
                if (welcome.isPresent()) {
                    return welcome.get();
                }
            }
            return new Welcome.Refused(MqttRefusal.NOT_AUTHORIZED);
        } catch (RuntimeException | Error fault) {
            LOG.error("A door failed on a CONNECT; the caller was told that the server is unavailable.", fault);
            return new Welcome.Refused(MqttRefusal.UNAVAILABLE);
        }
    }
}
