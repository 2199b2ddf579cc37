package io.muster.fleet.bench;

import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import java.util.List;
import java.util.stream.IntStream;

/// Names and makes the devices of a benchmark before it begins.
final class Fleets {

    private Fleets() {}

    /// Registration ids that say which run they belong to.
    static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + "-" + i).toList();
    }

    static List<X509Device> x509(Maker maker, String prefix, int count) {
        return maker.makeAll(names(prefix, count));
    }
}
