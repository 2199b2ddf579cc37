package io.muster.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.attestation.Attestation;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Name;
import io.muster.core.device.PolicyName;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Serial;
import io.muster.core.door.AttemptId;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.flow.Enroll;
import io.muster.core.flow.History;
import io.muster.core.flow.Observer;
import io.muster.core.flow.Steps;
import io.muster.core.flow.Strangers;
import io.muster.core.ledger.Act;
import io.muster.core.ledger.Ledger;
import io.muster.core.policy.Snapshot;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.NamedPolicy;
import io.muster.core.roster.Recognition;
import io.muster.core.roster.Roster;
import io.muster.core.roster.Tenant;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What it costs a try to be heard, by a stranger's try: it takes two steps, and nothing else that takes time.
class ObserverCostTest {

    private static final Logger LOG = LoggerFactory.getLogger(ObserverCostTest.class);
    private static final int ROUNDS = 20;
    private static final int TRIES = 10_000;
    private static final AttemptId ID = new AttemptId(new UUID(1, 2));
    private static final EnrollmentRequest REQUEST = new EnrollmentRequest(
            "native",
            Optional.of("acme"),
            RegistrationId.parse("meter-1").orElseThrow(),
            List.of(),
            Optional.empty(),
            "192.0.2.7");

    @Test
    void to_be_heard_costs_a_try_microseconds_at_most() {
        try (Telemetry telemetry = Telemetry.open(Optional.empty(), "0-test")) {
            double heard = nanos(pipeline(telemetry.observer()));
            double alone = nanos(pipeline(Observer.NOBODY));
            LOG.warn("A try that is heard takes {} ns, and {} ns unheard.", Math.round(heard), Math.round(alone));
            assertThat(heard - alone).isLessThan(20_000);
            assertThat(telemetry.text())
                    .contains(
                            "muster_attempts_total{code=\"evidence_missing\",door=\"native\",enrollment=\"\",tenant=\"acme\"} "
                                    + (double) ROUNDS * TRIES);
        }
    }

    /// Of the fastest round: what others do on this machine only makes one slower.
    private static double nanos(Enroll pipeline) {
        double[] rounds = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < TRIES; i++) {
                assertThat(pipeline.enroll(REQUEST).attempt()).isSameAs(ID);
            }
            rounds[round] = (System.nanoTime() - start) / (double) TRIES;
        }
        return Arrays.stream(rounds).min().orElseThrow();
    }

    /// Without the parts that a stranger does not come to.
    @SuppressWarnings("NullAway")
    private static Enroll pipeline(Observer observer) {
        Ledger ledger = new Numbering();
        return new Enroll(
                new OneTenant(),
                new Attestation(List.of()),
                ledger,
                null,
                new Steps(ledger, null, null, null, null),
                new History(null, new Strangers(), observer),
                InstantSource.system());
    }

    private static final class OneTenant implements Roster {

        @Override
        public Recognition recognize(EnrollmentRequest request) {
            Tenant tenant = new Tenant(new Name("acme"), true);
            return new Recognition.Recognized(request, tenant, List.of(), List.of(), List.of(), 1);
        }

        @Override
        public Endpoint endpoint(Optional<String> scope, Optional<Name> enrollment) {
            throw new AssertionError();
        }

        @Override
        public List<Enrollment> trusting(Optional<String> scope, Set<String> issuers) {
            return List.of();
        }

        @Override
        public List<Name> tenantsAt(String host) {
            return List.of();
        }

        @Override
        public Map<PolicyName, NamedPolicy> policies(Name tenant, Set<PolicyName> names) {
            return Map.of();
        }

        @Override
        public void refresh() {}
    }

    private static final class Numbering implements Ledger {

        @Override
        public Snapshot look(
                Name tenant, RegistrationId name, IdentityKey key, Optional<IdentityKey> requested, Instant now) {
            throw new AssertionError();
        }

        @Override
        public Snapshot.Clock clock(Instant now) {
            return new Snapshot.Clock.Trusted();
        }

        @Override
        public Recorded record(Act act) {
            throw new AssertionError();
        }

        @Override
        public AttemptId attemptId(Name tenant, RegistrationId name, Instant at) {
            return ID;
        }

        @Override
        public Serial serial(Name tenant, RegistrationId name) {
            throw new AssertionError();
        }
    }
}
