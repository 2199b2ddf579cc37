package io.muster.outlets.event;

import io.muster.core.device.DeviceId;
import io.muster.core.ledger.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Events in waves with one of each device at most; the next one of a device is in a later wave.
public final class Waves {

    private Waves() {}

    public static List<List<Event>> of(List<Event> events) {
        Map<DeviceId, Integer> next = new HashMap<>();
        List<List<Event>> waves = new ArrayList<>();
        for (Event event : events) {
            int wave = next.merge(event.device(), 1, Integer::sum);
            if (wave > waves.size()) {
                waves.add(new ArrayList<>());
            }
            waves.get(wave - 1).add(event);
        }
        return waves;
    }
}
