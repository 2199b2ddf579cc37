package io.muster.fleet.bench;

import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Keysmith;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.muster.fleet.est.Applicant;
import io.muster.fleet.est.Certification;
import io.muster.fleet.est.EstTarget;
import io.muster.fleet.est.Issuance;
import io.muster.fleet.run.EstRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Measures certificates given by the EST door: first ones, and then, where it is asked for, the next ones.
record EstBench(Server server, Gauge gauge, boolean renew) {

    List<Phase> run(String tenant, Maker maker) throws IOException, InterruptedException {
        EstTarget target = server.estTarget(tenant, server.admin().createCertifiedGroup(tenant, maker.rootPem()));
        Crowd<Applicant> crowd = gauge.gather(names -> Fleets.applicants(maker, names));
        Map<String, X509Device> warm = new ConcurrentHashMap<>();
        Map<String, X509Device> operational = new ConcurrentHashMap<>();

        gauge.warmUp(enrolling(target, warm), crowd.warmup());
        List<Phase> phases = new ArrayList<>(
                gauge.measure(Deed.EST_ENROLL, enrolling(target, operational), crowd.top(), crowd.half()));
        if (renew) {
            gauge.warmUp(renewing(target), renewals(warm));
            phases.addAll(gauge.measure(Deed.EST_RENEW, renewing(target), renewals(operational), List.of()));
        }
        return phases;
    }

    /// @param operational remembers who got what
    private static Visit<Applicant> enrolling(EstTarget target, Map<String, X509Device> operational) {
        return (pace, applicants) ->
                new EstRun(target, pace, Patience.once()).enroll(applicants, end -> remember(end, operational));
    }

    private static Visit<Applicant> renewing(EstTarget target) {
        return (pace, applicants) -> new EstRun(target, pace, Patience.once()).renew(applicants, _ -> {});
    }

    private static void remember(Certification end, Map<String, X509Device> operational) {
        switch (end.issuance()) {
            case Issuance.Issued(X509Device device) -> operational.put(device.registrationId(), device);
            case Issuance.Renewed _, Issuance.Refused _, Issuance.Lost _ -> {}
        }
    }

    private static List<Applicant> renewals(Map<String, X509Device> operational) {
        Keysmith keysmith = new Keysmith();
        return operational.values().parallelStream()
                .map(device -> Applicant.renewing(device, keysmith))
                .toList();
    }
}
