package io.muster.fleet.run;

import io.muster.fleet.channel.Patience;
import io.muster.fleet.est.Applicant;
import io.muster.fleet.est.Certification;
import io.muster.fleet.est.EstClient;
import io.muster.fleet.est.EstTarget;
import java.util.function.Consumer;

/// Lets a fleet ask an EST server for certificates and waits for the end of every device.
///
/// In both runs the applicants are asked for one by one, as they arrive, and `witness` hears every end, on several
/// threads at once; it must be quick and must not block.
public final class EstRun {

    private final EstTarget target;
    private final Pace pace;
    private final Patience patience;

    public EstRun(EstTarget target, Pace pace, Patience patience) {
        this.target = target;
        this.pace = pace;
        this.patience = patience;
    }

    /// First certificates, which the summary counts as enrolled.
    public FleetSummary enroll(Iterable<Applicant> applicants, Consumer<Certification> witness)
            throws InterruptedException {
        try (EstClient client = client()) {
            return procession(client::enroll).run(applicants, witness);
        }
    }

    /// New certificates by those in use, which the summary counts as reenrolled.
    public FleetSummary renew(Iterable<Applicant> applicants, Consumer<Certification> witness)
            throws InterruptedException {
        try (EstClient client = client()) {
            return procession(client::reenroll).run(applicants, witness);
        }
    }

    private EstClient client() {
        return new EstClient(target, patience, Runtime.getRuntime().availableProcessors());
    }

    private Procession<Applicant, Certification> procession(Procession.Start<Applicant, Certification> start) {
        Tally tally = new Tally();
        return new Procession<>(pace, start, tally, tally::add);
    }
}
