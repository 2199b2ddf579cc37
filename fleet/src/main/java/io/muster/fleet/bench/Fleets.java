package io.muster.fleet.bench;

import io.muster.fleet.aws.Newcomer;
import io.muster.fleet.device.Keysmith;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.muster.fleet.est.Applicant;
import java.util.List;
import java.util.stream.IntStream;

/// Names and makes the devices of a benchmark before it begins.
final class Fleets {

    private Fleets() {}

    /// Registration ids that say which run they belong to.
    static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + "-" + i).toList();
    }

    /// Devices with their maker's certificate and a request for one of the operator's.
    static List<Applicant> applicants(Maker maker, List<String> names) {
        Keysmith keysmith = new Keysmith();
        return names.parallelStream()
                .map(name -> Applicant.enrolling(maker.make(name), keysmith))
                .toList();
    }

    /// Devices that share a claim certificate, each with a key of its own.
    static List<Newcomer> newcomers(X509Device claim, List<String> names) {
        return new Keysmith()
                .requests(names).stream()
                        .map(request -> Newcomer.withKey(claim, request))
                        .toList();
    }
}
