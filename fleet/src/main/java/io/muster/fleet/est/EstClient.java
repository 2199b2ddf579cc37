package io.muster.fleet.est;

import io.muster.fleet.channel.Caller;
import io.muster.fleet.channel.Patience;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/// Gets certificates for devices from one EST server. Nothing here limits how many at once: the caller does.
///
/// `whenDone` hears the end exactly once, on an event loop: it must not block. Latency counts from `sinceNanos`, the
/// arrival by `System.nanoTime()`.
public final class EstClient implements AutoCloseable {

    private final EstTarget target;
    private final Caller caller;
    private final EstJudge judge = new EstJudge();

    /// @param threads event loops; as many as cores that the devices may use
    public EstClient(EstTarget target, Patience patience, int threads) {
        this.target = target;
        this.caller = new Caller(target.address(), patience, threads);
    }

    /// Starts a simpleenroll and returns at once.
    public void enroll(Applicant applicant, long sinceNanos, Consumer<Certification> whenDone) {
        certify(Operation.ENROLL, applicant, sinceNanos, whenDone);
    }

    /// Starts a simplereenroll and returns at once. The applicant's device is the one that holds the certificate to
    /// renew, as `Issuance` named it.
    public void reenroll(Applicant applicant, long sinceNanos, Consumer<Certification> whenDone) {
        certify(Operation.REENROLL, applicant, sinceNanos, whenDone);
    }

    private void certify(Operation operation, Applicant applicant, long sinceNanos, Consumer<Certification> whenDone) {
        caller.call(
                new CertificateErrand(target, operation, applicant, judge),
                sinceNanos,
                (issuance, latency) -> whenDone.accept(new Certification(applicant, issuance, latency)));
    }

    /// Asks for the CA certificates and waits for the answer.
    public Authorities authorities() throws InterruptedException {
        BlockingQueue<Authorities> answer = new ArrayBlockingQueue<>(1);
        caller.call(new AuthoritiesErrand(target), System.nanoTime(), (authorities, _) -> answer.add(authorities));
        return answer.take();
    }

    @Override
    public void close() {
        caller.close();
    }
}
