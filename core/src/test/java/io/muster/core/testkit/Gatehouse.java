package io.muster.core.testkit;

import io.muster.core.attestation.Attestation;
import io.muster.core.device.KeyAlgorithm;
import io.muster.core.flow.Certify;
import io.muster.core.flow.Create;
import io.muster.core.flow.Drain;
import io.muster.core.flow.Enroll;
import io.muster.core.flow.History;
import io.muster.core.flow.PoliciesInUse;
import io.muster.core.flow.Provision;
import io.muster.core.flow.Register;
import io.muster.core.flow.Steps;
import io.muster.core.flow.Strangers;
import io.muster.core.flow.Templates;
import io.muster.core.flow.TwoPlaces;
import io.muster.core.flow.Workplaces;
import io.muster.core.issuance.KeyMaker;
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
    public final MemorySeals seals = new MemorySeals();
    public final OwnerAttestor owners = new OwnerAttestor(seals, ledger.creations());
    public final Strangers strangers = new Strangers();
    public final Watching observer = new Watching();
    public final History history = new History(ledger, strangers, observer);
    public final MemoryIssuer issuer = new MemoryIssuer();
    public final ScriptedHooks hooks = new ScriptedHooks();
    public final Certify certify = new Certify(issuer, ledger.certificates(), ledger.creations());
    public final Steps steps =
            new Steps(ledger, certify, new TwoPlaces(ledger, ledger.contests(), WINDOW), new PlainFacts(), hooks);
    public final Enroll enroll = new Enroll(
            roster, new Attestation(List.of(attestor, holders, owners)), ledger, operations, steps, history, clock);
    public final Drain drain = new Drain(roster, ledger, operations, steps, clock, observer);

    public final Provision provision = provision();

    private Provision provision() {
        PlainTemplates plain = new PlainTemplates();
        Create.Signing signing = new Create.Signing(issuer, Gatehouse::noKey, seals, new Workplaces(1, Duration.ZERO));
        return new Provision(
                new Create(enroll, roster, ledger, ledger.creations(), signing, clock),
                new Register(
                        enroll,
                        roster,
                        ledger.creations(),
                        seals,
                        new Templates(plain, new PoliciesInUse(plain, roster)),
                        hooks));
    }

    private static KeyMaker.Made noKey(KeyAlgorithm algorithm) {
        throw new UnsupportedOperationException("No key of kind " + algorithm + " is made here");
    }

    public Gatehouse(Enrollment... enrollments) {
        roster.publish(enrollments).refresh();
    }
}
