package io.muster.core.flow;

import io.muster.core.door.Admitted;
import io.muster.core.door.Evidence;
import io.muster.core.ledger.Movements.Guest;
import io.muster.core.ledger.Movements.Seen;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// One connection that is watched over. Closed on any thread, read by the one that looks.
final class Watch implements AutoCloseable {

    private final Admitted.Inside inside;
    private final Runnable ends;
    private final Consumer<Watch> closed;

    /// How the device stood when it was last judged.
    private long version;

    private Instant until;

    /// What happened between its admission and now is not known yet.
    private boolean unsure = true;

    Watch(Admitted.Inside inside, Runnable ends, Consumer<Watch> closed) {
        this.inside = inside;
        this.ends = ends;
        this.closed = closed;
        this.version = inside instanceof Admitted.Known it ? it.device().version() : 0;
        this.until = device().flatMap(it -> it.proof().first(Evidence.SharedAccessSignature.class))
                .flatMap(Evidence.SharedAccessSignature::expires)
                .orElse(Instant.MAX);
    }

    Guest guest() {
        return switch (inside) {
            case Admitted.Known it ->
                new Guest(
                        it.device().tenant(),
                        it.enrollment(),
                        Optional.of(it.device().registrationId()));
            case Admitted.Claimant it -> new Guest(it.tenant(), it.enrollment(), Optional.empty());
        };
    }

    Optional<Admitted.Known> device() {
        return inside instanceof Admitted.Known it ? Optional.of(it) : Optional.empty();
    }

    Optional<Admitted.Claimant> claimant() {
        return inside instanceof Admitted.Claimant it ? Optional.of(it) : Optional.empty();
    }

    static Seen seen(Admitted.Known known, long version) {
        return new Seen(
                known.device().tenant(),
                known.device().registrationId(),
                known.device().id(),
                version);
    }

    long version() {
        return version;
    }

    boolean unsure() {
        return unsure;
    }

    boolean over(Instant now) {
        return !now.isBefore(until);
    }

    /// It was judged, and may stay.
    void stands(long newVersion) {
        version = newVersion;
    }

    void standsUntil(Instant end) {
        until = end;
    }

    void settled(boolean sure) {
        unsure = !sure;
    }

    /// Its connection is told to end.
    void end() {
        close();
        ends.run();
    }

    @Override
    public void close() {
        closed.accept(this);
    }
}
