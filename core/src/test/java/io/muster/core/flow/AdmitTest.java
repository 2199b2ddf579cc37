package io.muster.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.access.Scope;
import io.muster.core.access.Warrant;
import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.door.Admitted;
import io.muster.core.door.ClaimId;
import io.muster.core.door.ConnectionRequest;
import io.muster.core.door.PresentedCertificate;
import io.muster.core.door.PresentedReader;
import io.muster.core.door.Refusal;
import io.muster.core.roster.Anchor;
import io.muster.core.roster.Claim;
import io.muster.core.roster.Claims;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Registered;
import io.muster.core.testkit.Gatehouse;
import io.muster.core.testkit.MemoryPresences;
import io.muster.core.testkit.PlainTemplates;
import io.muster.core.testkit.Sample;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Who is who, by the certificate alone.
class AdmitTest {

    private static final Name RIVAL = new Name("rival");
    private static final String MAKER = "CN=Maker";

    private static final PresentedCertificate SHOWN = new PresentedCertificate(
            "ab".repeat(32),
            Optional.empty(),
            Optional.empty(),
            Optional.of("pump-1"),
            Map.of(),
            Set.of(MAKER),
            Instant.MAX);

    private final Gatehouse house = new Gatehouse(Sample.PUMPS);
    private final List<Claim> claims = new ArrayList<>();
    private final PoliciesInUse policies = new PoliciesInUse(new PlainTemplates(), house.roster);
    private final Admit admit = new Admit(
            house.enroll,
            house.roster,
            new Admit.Records(house.issuer, house.ledger.certificates(), house.ledger.creations(), new Known(claims)),
            new Admit.Templating(new Templates(new PlainTemplates(), policies), policies, Quarantine.HEAR),
            chain -> new PresentedReader.Reading.Read(SHOWN),
            new Connections(
                    new Oversight(house.enroll, new NothingMoves(), house.clock),
                    new Attendance(new MemoryPresences(), house.clock)),
            house.clock);

    @Test
    void whoever_holds_a_claim_of_one_tenant_is_let_in_for_its_enrollment() {
        claims.add(claim(Sample.ACME.name(), Sample.NOW.plusSeconds(60)));
        assertThat(admit.admit(request(Optional.empty())))
                .isEqualTo(new Admitted.Claimant(
                        Sample.ACME.name(),
                        Sample.PUMPS.name(),
                        claims.getFirst().id(),
                        SHOWN.fingerprint(),
                        100));
    }

    @Test
    void a_claim_that_two_tenants_know_opens_neither_until_one_is_named() {
        claims.add(claim(Sample.ACME.name(), Sample.NOW.plusSeconds(60)));
        claims.add(claim(RIVAL, Sample.NOW.plusSeconds(60)));
        assertThat(refusal(Optional.empty())).isEqualTo(new Refusal.UnknownTenant());
        assertThat(admit.admit(request(Optional.of("acme")))).isInstanceOf(Admitted.Claimant.class);
    }

    @Test
    void a_claim_that_is_over_opens_nothing() {
        claims.add(claim(Sample.ACME.name(), Sample.NOW));
        assertThat(refusal(Optional.empty())).isEqualTo(new Refusal.ClaimExpired(Sample.NOW));
    }

    @Test
    void a_certificate_whose_authority_two_tenants_trust_is_nobodys() {
        house.roster.publish(trusting(Sample.ACME.name()), trusting(RIVAL)).refresh();
        assertThat(refusal(Optional.empty())).isEqualTo(new Refusal.UnknownTenant());
        assertThat(house.ledger.devices()).isEmpty();
    }

    @Test
    void a_certificate_that_nobody_trusts_is_told_so() {
        assertThat(refusal(Optional.empty())).isEqualTo(new Refusal.NotEnrolled());
    }

    private Refusal refusal(Optional<String> scope) {
        return ((Admitted.Refused) admit.admit(request(scope))).refusal();
    }

    private static ConnectionRequest request(Optional<String> scope) {
        return new ConnectionRequest("aws-mqtt", scope, "c-1", List.of(Bytes.of(new byte[] {1})), "127.0.0.1");
    }

    private static Enrollment trusting(Name tenant) {
        Anchor anchor = new Anchor(Bytes.of(new byte[] {1}), MAKER, "cd".repeat(32), Instant.MAX);
        return new Enrollment(
                tenant,
                new Name("gates"),
                1,
                Optional.empty(),
                new Proof.Authorities(List.of(anchor)),
                Sample.KEEP,
                true);
    }

    private static Claim claim(Name tenant, Instant notAfter) {
        return new Claim(
                new ClaimId(UUID.nameUUIDFromBytes(tenant.value().getBytes(StandardCharsets.UTF_8))),
                tenant,
                new Name("line-1"),
                Sample.PUMPS.name(),
                SHOWN.fingerprint(),
                Claim.Budget.standard(),
                false,
                Instant.EPOCH,
                notAfter,
                0,
                0);
    }

    /// Claims that are looked up and nothing else.
    private record Known(List<Claim> claims) implements Claims {

        @Override
        public List<Claim> holding(String fingerprint) {
            return claims.stream()
                    .filter(it -> it.fingerprint().equals(fingerprint))
                    .toList();
        }

        @Override
        public Registered<Claim> make(Order order, Warrant warrant) {
            throw new UnsupportedOperationException("Nothing is made here");
        }

        @Override
        public List<Claim> list(Name tenant, Scope scope, Optional<Name> after, int limit) {
            return claims;
        }

        @Override
        public Optional<Claim> find(Name tenant, Name name) {
            return Optional.empty();
        }

        @Override
        public Registered<Claim> revoke(Name tenant, Name name, Warrant warrant) {
            throw new UnsupportedOperationException("Nothing is revoked here");
        }
    }
}
