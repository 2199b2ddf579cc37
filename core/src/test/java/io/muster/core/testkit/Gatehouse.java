package io.muster.core.testkit;

import io.muster.core.attestation.Attestation;
import io.muster.core.flow.Certify;
import io.muster.core.flow.Drain;
import io.muster.core.flow.Enroll;
import io.muster.core.flow.History;
import io.muster.core.flow.Steps;
import io.muster.core.flow.Strangers;
import io.muster.core.flow.TwoPlaces;
import io.muster.core.roster.Enrollment;
import java.time.Duration;
import java.util.List;

/// The pipeline on ports in memory: tenant `acme` with two hubs and the given enrollments.
public final class Gatehouse {

    /// Within it, two networks are two places.
    public static final Duration WINDOW = Duration.ofMinutes(10);

    public final MemoryRoster roster = new MemoryRoster();
    public final MemoryLedger ledger = new MemoryLedger(roster);
    public final MemoryOperations operations = new MemoryOperations(ledger);
    public final SetClock clock = new SetClock();
    public final WordAttestor attestor = new WordAttestor();
    public final HolderAttestor holders = new HolderAttestor(ledger.certificates());
    public final Strangers strangers = new Strangers();
    public final Watching observer = new Watching();
    public final History history = new History(ledger, strangers, observer);
    public final MemoryIssuer issuer = new MemoryIssuer();
    public final Certify certify = new Certify(issuer, ledger.certificates(), ledger.creations());
    public final Steps steps = new Steps(ledger, certify, new TwoPlaces(ledger, ledger.contests(), WINDOW));
    public final Enroll enroll =
            new Enroll(roster, new Attestation(List.of(attestor, holders)), ledger, operations, steps, history, clock);
    public final Drain drain = new Drain(roster, ledger, operations, steps, clock, observer);

    public Gatehouse(Enrollment... enrollments) {
        roster.publish(enrollments).refresh();
    }
}
